using Nudge.Signals;

namespace Nudge.DataSets;

/// <summary>A training set and a held-out set.</summary>
/// <param name="Train">Examples to learn from.</param>
/// <param name="Test">Examples to be judged by.</param>
/// <param name="Name">Name of what was truly read, which results call it.</param>
/// <param name="Origin">Where it came from, for people.</param>
public sealed record StimulusSets(IStimulusSet Train, IStimulusSet Test, string Name, string Origin)
{
    /// <summary>The folder that it was read from; null where the program makes it itself.</summary>
    public string? Folder { get; init; }

    /// <summary>The label of each class in the files; null where labels are the numbers of the classes.</summary>
    public IReadOnlyList<int>? Labels { get; init; }

    /// <summary>What the files call a class.</summary>
    /// <param name="number">Number of the class, from 0.</param>
    public string NameOf(int number) =>
        (Labels?[number] ?? number).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What is allowed and probably not meant about the examples.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
