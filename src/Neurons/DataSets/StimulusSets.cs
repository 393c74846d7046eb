using System.Globalization;
using Nudge.Signals;

namespace Nudge.DataSets;

/// <summary>A training set and a held-out set.</summary>
/// <param name="Train">Examples to learn from.</param>
/// <param name="Test">Examples to be judged by.</param>
/// <param name="Name">Name of what was truly read, which results call it.</param>
/// <param name="Origin">Where it came from, for people.</param>
public sealed record StimulusSets(IStimulusSet Train, IStimulusSet Test, string Name, string Origin)
{
    /// <summary>The folder or file that it was read from; null where the program makes it itself.</summary>
    public string? Folder { get; init; }

    /// <summary>The label of each class in the files; null where labels are the numbers of the classes.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>What the files call a class.</summary>
    /// <param name="number">Number of the class, from 0.</param>
    public string NameOf(int number) =>
        Labels?[number] ?? number.ToString(CultureInfo.InvariantCulture);

    /// <summary>How the values of an example lie as a picture; null where they are no picture, or it is not known.</summary>
    public PictureShape? Picture { get; init; }

    /// <summary>
    /// The same examples divided again into training and held-out ones, for a seed; null where the division does not depend on it.
    /// </summary>
    public Func<ulong, StimulusSets>? BySeed { get; init; }

    /// <summary>The set as runs of a seed have it.</summary>
    /// <param name="seed">The seed of the run.</param>
    public StimulusSets Of(ulong seed) => BySeed?.Invoke(seed) ?? this;

    /// <summary>What is allowed and probably not meant about the examples.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>How the values of an example lie as a picture.</summary>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">Values of a pixel: 1 for grey, 3 for red, green and blue.</param>
/// <param name="Interleaved">Whether the values of a pixel are neighbours; otherwise each colour has a plane of its own.</param>
public sealed record PictureShape(int Width, int Height, int Channels = 1, bool Interleaved = false)
{
    /// <summary>Values of an example.</summary>
    public int Values => Width * Height * Channels;

    /// <summary>Where a value of a pixel is among those of an example.</summary>
    /// <param name="row">Row from the top, from 0.</param>
    /// <param name="column">Column from the left, from 0.</param>
    /// <param name="channel">Which value of the pixel, from 0.</param>
    public int IndexOf(int row, int column, int channel)
    {
        int pixel = (row * Width) + column;
        return Interleaved ? (pixel * Channels) + channel : (channel * Width * Height) + pixel;
    }
}
