using Nudge.Signals;

namespace Nudge.Stimuli;

/// <summary>A small labelled set of vectors.</summary>
/// <param name="values">Each example's values.</param>
/// <param name="labels">Each example's class.</param>
/// <param name="classes">Number of classes.</param>
public sealed class VectorSet(float[][] values, int[] labels, int classes) : IStimulusSet
{
    /// <inheritdoc/>
    public int Count => labels.Length;

    /// <inheritdoc/>
    public int InputSize => values[0].Length;

    /// <inheritdoc/>
    public int Classes => classes;

    /// <inheritdoc/>
    public int LabelOf(int index) => labels[index];

    /// <inheritdoc/>
    public void CopyInput(int index, Span<float> destination) => values[index].CopyTo(destination);
}
