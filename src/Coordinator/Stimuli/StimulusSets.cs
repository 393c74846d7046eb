using Nudge.Signals;

namespace Nudge.Stimuli;

/// <summary>What to load.</summary>
/// <param name="Set">One of <see cref="DataSetCatalog.Names"/>.</param>
/// <param name="Path">Folder of IDX files, or null.</param>
/// <param name="Train">How many training examples, from the first on; null for all.</param>
/// <param name="Test">How many held-out examples; null for all.</param>
/// <param name="Seed">Seed of sets that the program draws itself.</param>
/// <param name="Binarise">Values above it become 1 and all others 0; null leaves them as they are.</param>
public sealed record DataRequest(
    string Set, string? Path, int? Train, int? Test, ulong Seed, double? Binarise = null)
{
    /// <summary>Values of an example, for a set that has any size; null for the usual number.</summary>
    public int? Inputs { get; init; }

    /// <summary>Classes, for a set that has any number; null for the usual one.</summary>
    public int? Classes { get; init; }
}

/// <summary>A training set and a held-out set.</summary>
/// <param name="Train">Examples to learn from.</param>
/// <param name="Test">Examples to be judged by.</param>
/// <param name="Name">Name of the set.</param>
/// <param name="Origin">Where it came from, for people.</param>
public sealed record StimulusSets(IStimulusSet Train, IStimulusSet Test, string Name, string Origin);
