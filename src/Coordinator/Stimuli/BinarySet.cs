using Nudge.Signals;

namespace Nudge.Stimuli;

/// <summary>A set whose values are made binary: 1 above a threshold, 0 elsewhere.</summary>
/// <param name="inner">The set.</param>
/// <param name="threshold">The threshold.</param>
public sealed class BinarySet(IStimulusSet inner, float threshold) : StimulusSetView(inner)
{
    /// <inheritdoc/>
    public override void CopyInput(int index, Span<float> destination)
    {
        base.CopyInput(index, destination);
        Binarise(destination);
    }

    /// <inheritdoc/>
    public override void CopyShown(int index, long presentation, Span<float> destination)
    {
        base.CopyShown(index, presentation, destination);
        Binarise(destination);
    }

    private void Binarise(Span<float> values)
    {
        for (int i = 0; i < InputSize; i++)
            values[i] = values[i] > threshold ? 1 : 0;
    }
}
