using System.ComponentModel.DataAnnotations;

namespace Nudge.Topology;

/// <summary>
/// The shape of a population: units lie channel after channel, in a channel row after row, so that a range of channels is a
/// range of units. An image of 28 × 28 grey values has one channel.
/// </summary>
public sealed record PopulationShape
{
    /// <summary>Rows of a channel.</summary>
    [Range(1, 10_000)]
    public int Height { get; init; } = 1;

    /// <summary>Columns of a channel.</summary>
    [Range(1, 10_000)]
    public int Width { get; init; } = 1;

    /// <summary>Feature maps, or colours of an image.</summary>
    [Range(1, 1_000_000)]
    public int Channels { get; init; } = 1;

    /// <summary>Units of a channel.</summary>
    public int Positions => Height * Width;

    /// <summary>Units of the population.</summary>
    public long Units => (long)Positions * Channels;

    /// <summary>Height × width × channels.</summary>
    public override string ToString() => $"{Height}×{Width}×{Channels}";
}
