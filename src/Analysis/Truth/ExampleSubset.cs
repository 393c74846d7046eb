using Nudge.Signals;

namespace Nudge.Truth;

/// <summary>The first examples of a set: an exact gradient costs time for every one of them.</summary>
/// <param name="all">The whole set.</param>
/// <param name="most">How many to take at most.</param>
public sealed class ExampleSubset(IStimulusSet all, int most) : StimulusSetView(all)
{
    /// <inheritdoc/>
    public override int Count => Math.Min(base.Count, most);

    /// <summary>Writes an example's values as they are: an exact gradient is that of examples that do not vary.</summary>
    /// <inheritdoc/>
    public override void CopyShown(int index, long presentation, Span<float> destination) => CopyInput(index, destination);
}
