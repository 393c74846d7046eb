using Nudge.Signals;

namespace Nudge.Testing;

/// <summary>Vectors with values that the output is to take.</summary>
public sealed class TargetExamples(float[][] inputs, float[][] targets) : IStimulusSet
{
    public int Count => inputs.Length;

    public int InputSize => inputs[0].Length;

    public int Classes => targets[0].Length;

    public bool HasTargets => true;

    /// <summary>Spread inputs; each target is a mean of two of them, and so within (0, 1).</summary>
    public static TargetExamples Means(int count, int inputSize, int outputs)
    {
        var spread = VectorExamples.Spread(count, inputSize, 1);
        float[][] inputs = [.. Enumerable.Range(0, count).Select(_ => new float[inputSize])];
        for (int i = 0; i < count; i++)
            spread.CopyInput(i, inputs[i]);
        return new(inputs, [.. inputs.Select(row => Enumerable.Range(0, outputs).Select(k => (row[k] + row[k + 1]) / 2).ToArray())]);
    }

    public int LabelOf(int index) => 0;

    public void CopyInput(int index, Span<float> destination) => inputs[index].CopyTo(destination);

    public void CopyTarget(int index, Span<float> destination) => targets[index].CopyTo(destination);
}
