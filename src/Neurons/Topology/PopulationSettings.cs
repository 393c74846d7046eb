using System.ComponentModel.DataAnnotations;
using Nudge.Numerics;

namespace Nudge.Topology;

/// <summary>What a population is for: it receives stimuli, receives nudges, or neither.</summary>
public enum PopulationRole
{
    /// <summary>Holds the stimulus that the coordinator injects; a Boltzmann machine's visible units.</summary>
    Input,

    /// <summary>Receives from and sends to other populations only.</summary>
    Hidden,

    /// <summary>Receives the nudge; its activity is the network's answer. A Boltzmann machine's visible label units.</summary>
    Output,
}

/// <summary>How a population is cut into slices, each with an actor (and, at will, a clock) of its own.</summary>
public enum GranularityKind
{
    /// <summary>One slice holds the whole population.</summary>
    Layer,

    /// <summary>Slices of a fixed number of units; the last one may be smaller.</summary>
    Slice,

    /// <summary>One slice for every unit.</summary>
    Neuron,

    /// <summary>Slices of a fixed number of channels with all their positions; the last one may be smaller.</summary>
    Channels,
}

/// <summary>
/// The cut of a population: <c>layer</c>, <c>neuron</c>, <c>{slice: n}</c> or <c>{channels: n}</c> in an experiment file.
/// </summary>
/// <param name="Kind">The kind of cut.</param>
/// <param name="Units">Units or channels per slice, read only where <paramref name="Kind"/> is slice or channels.</param>
public sealed record GranularitySettings(GranularityKind Kind, [property: Range(1, 1_000_000)] int Units = 1)
{
    /// <summary>The kinds that have a number.</summary>
    public static IReadOnlyList<GranularityKind> Counted { get; } = [GranularityKind.Slice, GranularityKind.Channels];

    /// <summary>Whether the kind has a number.</summary>
    public bool IsCounted => Counted.Contains(Kind);

    /// <summary>One slice for the whole population.</summary>
    public static GranularitySettings Layer { get; } = new(GranularityKind.Layer);

    /// <summary>How many units a slice of a population of <paramref name="size"/> units holds.</summary>
    /// <param name="size">Units of the population.</param>
    /// <param name="positions">Units of one of its channels; 1 for a population without a shape.</param>
    public int UnitsPerSlice(int size, int positions = 1) => Kind switch
    {
        GranularityKind.Layer => size,
        GranularityKind.Neuron => 1,
        GranularityKind.Channels => (int)Math.Min((long)Units * positions, size),
        _ => Math.Min(Units, size),
    };
}

/// <summary>One population of an experiment file.</summary>
public sealed record PopulationSettings
{
    /// <summary>What the population is for.</summary>
    public required PopulationRole Role { get; init; }

    /// <summary>Number of units; by default as many as <see cref="Shape"/> has.</summary>
    [Range(1, 1_000_000)]
    public int Size
    {
        get => field != 0 ? field : (int)Math.Min(Shape?.Units ?? 0, int.MaxValue);
        init;
    }

    /// <summary>
    /// Height, width and channels of the units, which lie channel after channel and in each of them row after row; what a
    /// projection with windows needs of both its ends.
    /// </summary>
    public PopulationShape? Shape { get; init; }

    /// <summary>Activation between state and sent activity; an input population sends its stimulus as it is.</summary>
    public Activation Activation { get; init; } = Activation.HardSigmoid;

    /// <summary>The cut of this population where it differs from the network's. Input populations are whole by default.</summary>
    public GranularitySettings? Granularity { get; init; }

    /// <summary>
    /// Learning rate of the biases; by default that of the first projection that arrives here, and 0, so no biases, for the
    /// visible populations of a Boltzmann machine.
    /// </summary>
    [Range(0, 1e6)]
    public double? BiasRate { get; init; }

    /// <summary>How many units each slice has under a cut.</summary>
    internal int UnitsPerSlice(GranularitySettings granularity) => granularity.UnitsPerSlice(Size, Shape?.Positions ?? 1);

    /// <summary>Whether both describe one population; a size that is left out equals the same size written out.</summary>
    public bool Equals(PopulationSettings? other) => other is not null
        && (Role, Size, Shape, Activation, Granularity, BiasRate)
            == (other.Role, other.Size, other.Shape, other.Activation, other.Granularity, other.BiasRate);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Role, Size, Shape, Activation, Granularity, BiasRate);
}
