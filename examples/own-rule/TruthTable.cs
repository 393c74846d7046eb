using Nudge.Signals;

namespace OwnRule;

/// <summary>A data set: the four rows of exclusive or.</summary>
internal sealed class TruthTable : IStimulusSet
{
    /// <inheritdoc/>
    public int Count => 4;

    /// <inheritdoc/>
    public int InputSize => 2;

    /// <inheritdoc/>
    public int Classes => 2;

    /// <inheritdoc/>
    public int LabelOf(int index) => (index & 1) ^ (index >> 1);

    /// <inheritdoc/>
    public void CopyInput(int index, Span<float> destination) =>
        (destination[0], destination[1]) = (index & 1, index >> 1);
}
