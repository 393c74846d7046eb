using Nudge.Signals;

namespace Nudge.Truth;

/// <summary>The first examples of a set: an exact gradient costs time for every one of them.</summary>
/// <param name="all">The whole set.</param>
/// <param name="most">How many to take at most.</param>
public sealed class ExampleSubset(IStimulusSet all, int most) : IStimulusSet
{
    /// <inheritdoc/>
    public int Count => Math.Min(all.Count, most);

    /// <inheritdoc/>
    public int InputSize => all.InputSize;

    /// <inheritdoc/>
    public int Classes => all.Classes;

    /// <inheritdoc/>
    public bool HasTargets => all.HasTargets;

    /// <inheritdoc/>
    public int LabelOf(int index) => all.LabelOf(index);

    /// <inheritdoc/>
    public void CopyInput(int index, Span<float> destination) => all.CopyInput(index, destination);

    /// <inheritdoc/>
    public void CopyTarget(int index, Span<float> destination) => all.CopyTarget(index, destination);
}
