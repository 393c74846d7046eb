using Nudge.Signals;

namespace Nudge.Stimuli;

/// <summary>A set whose values are made binary: 1 above a threshold, 0 elsewhere.</summary>
/// <param name="inner">The set.</param>
/// <param name="threshold">The threshold.</param>
public sealed class BinarySet(IStimulusSet inner, float threshold) : IStimulusSet
{
    /// <inheritdoc/>
    public int Count => inner.Count;

    /// <inheritdoc/>
    public int InputSize => inner.InputSize;

    /// <inheritdoc/>
    public int Classes => inner.Classes;

    /// <inheritdoc/>
    public bool HasTargets => inner.HasTargets;

    /// <inheritdoc/>
    public int LabelOf(int index) => inner.LabelOf(index);

    /// <inheritdoc/>
    public void CopyTarget(int index, Span<float> destination) => inner.CopyTarget(index, destination);

    /// <inheritdoc/>
    public void CopyInput(int index, Span<float> destination)
    {
        inner.CopyInput(index, destination);
        for (int i = 0; i < InputSize; i++)
            destination[i] = destination[i] > threshold ? 1 : 0;
    }
}
