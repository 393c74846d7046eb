using Nudge.Signals;

namespace Nudge.Testing;

/// <summary>A few labelled vectors for tests.</summary>
public sealed class VectorExamples(float[][] inputs, int[] labels, int classes) : IStimulusSet
{
    public int Count => labels.Length;

    public int InputSize => inputs[0].Length;

    public int Classes => classes;

    /// <summary>Examples with values spread evenly over (0, 1), the same in every test.</summary>
    public static VectorExamples Spread(int count, int inputSize, int classes)
    {
        float[][] values = new float[count][];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            // Multiples of the golden ratio: spread out, without a generator.
            values[i] = [.. Enumerable.Range(0, inputSize).Select(j => (float)(((i * inputSize) + j + 1) * 0.6180339887 % 1))];
            labels[i] = i % classes;
        }

        return new(values, labels, classes);
    }

    /// <summary>Each class has two inputs of its own: a task that every rule should learn.</summary>
    public static VectorExamples Corners(int classes)
    {
        float[][] values =
        [
            .. Enumerable.Range(0, 2 * classes).Select(i =>
                Enumerable.Range(0, 2 * classes).Select(j => j / 2 == i / 2 ? (j == i ? 1f : 0.7f) : 0f).ToArray()),
        ];
        return new(values, [.. Enumerable.Range(0, 2 * classes).Select(i => i / 2)], classes);
    }

    public static VectorExamples Xor() => new([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0], 2);

    public int LabelOf(int index) => labels[index];

    public void CopyInput(int index, Span<float> destination) => inputs[index].CopyTo(destination);
}
