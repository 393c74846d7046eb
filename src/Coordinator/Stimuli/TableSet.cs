using Nudge.Signals;

namespace Nudge.Stimuli;

/// <summary>The examples of a file.</summary>
/// <param name="table">The examples.</param>
/// <param name="labels">The class of each.</param>
/// <param name="classes">Number of classes.</param>
internal sealed class TableSet(ExampleTable table, int[] labels, int classes) : IStimulusSet
{
    /// <summary>The class of each example.</summary>
    internal IReadOnlyList<int> Labels => labels;

    /// <inheritdoc/>
    public int Count => labels.Length;

    /// <inheritdoc/>
    public int InputSize => table.Inputs;

    /// <inheritdoc/>
    public int Classes => classes;

    /// <inheritdoc/>
    public bool HasTargets => table.Targets is not null;

    /// <inheritdoc/>
    public int LabelOf(int index) => labels[index];

    /// <inheritdoc/>
    public void CopyInput(int index, Span<float> destination) =>
        table.Values.AsSpan(index * table.Inputs, table.Inputs).CopyTo(destination);

    /// <inheritdoc/>
    public void CopyTarget(int index, Span<float> destination) =>
        table.Targets.AsSpan(index * classes, classes).CopyTo(destination);
}

/// <summary>Some examples of a set, in an order of their own.</summary>
/// <param name="inner">The set.</param>
/// <param name="places">The index in the set of each example.</param>
internal sealed class PartSet(IStimulusSet inner, int[] places) : IStimulusSet
{
    /// <inheritdoc/>
    public int Count => places.Length;

    /// <inheritdoc/>
    public int InputSize => inner.InputSize;

    /// <inheritdoc/>
    public int Classes => inner.Classes;

    /// <inheritdoc/>
    public bool HasTargets => inner.HasTargets;

    /// <inheritdoc/>
    public int LabelOf(int index) => inner.LabelOf(places[index]);

    /// <inheritdoc/>
    public void CopyInput(int index, Span<float> destination) => inner.CopyInput(places[index], destination);

    /// <inheritdoc/>
    public void CopyTarget(int index, Span<float> destination) => inner.CopyTarget(places[index], destination);
}

/// <summary>Least and greatest value of each input.</summary>
/// <param name="Least">The least values.</param>
/// <param name="Greatest">The greatest values.</param>
internal sealed record ValueRange(float[] Least, float[] Greatest)
{
    /// <summary>The range of the values of a set.</summary>
    internal static ValueRange Of(IStimulusSet set)
    {
        float[] least = new float[set.InputSize];
        float[] greatest = new float[set.InputSize];
        float[] input = new float[set.InputSize];
        set.CopyInput(0, least);
        set.CopyInput(0, greatest);
        for (int example = 1; example < set.Count; example++)
        {
            set.CopyInput(example, input);
            for (int i = 0; i < input.Length; i++)
            {
                least[i] = Math.Min(least[i], input[i]);
                greatest[i] = Math.Max(greatest[i], input[i]);
            }
        }

        return new(least, greatest);
    }
}

/// <summary>A set whose values are changed one by one: (value − least) / span.</summary>
internal sealed class ScaledSet : IStimulusSet
{
    private readonly IStimulusSet _inner;
    private readonly float[] _least;
    private readonly float[] _spans;

    private ScaledSet(IStimulusSet inner, float[] least, float[] spans) => (_inner, _least, _spans) = (inner, least, spans);

    /// <inheritdoc/>
    public int Count => _inner.Count;

    /// <inheritdoc/>
    public int InputSize => _inner.InputSize;

    /// <inheritdoc/>
    public int Classes => _inner.Classes;

    /// <summary>A set on a scale.</summary>
    /// <param name="inner">The set.</param>
    /// <param name="scale">The scale.</param>
    /// <param name="range">Range of the training examples; an input that is constant in them becomes 0.</param>
    internal static IStimulusSet Of(IStimulusSet inner, ValueScale scale, ValueRange range) => scale switch
    {
        ValueScale.Bytes => new ScaledSet(inner, new float[inner.InputSize], [.. Enumerable.Repeat(255f, inner.InputSize)]),
        ValueScale.Range => new ScaledSet(inner, range.Least, [.. range.Greatest.Zip(range.Least, (most, least) => most > least ? most - least : float.PositiveInfinity)]),
        _ => inner,
    };

    /// <inheritdoc/>
    public bool HasTargets => _inner.HasTargets;

    /// <inheritdoc/>
    public int LabelOf(int index) => _inner.LabelOf(index);

    /// <inheritdoc/>
    public void CopyTarget(int index, Span<float> destination) => _inner.CopyTarget(index, destination);

    /// <inheritdoc/>
    public void CopyInput(int index, Span<float> destination)
    {
        _inner.CopyInput(index, destination);
        for (int i = 0; i < _least.Length; i++)
            destination[i] = (destination[i] - _least[i]) / _spans[i];
    }
}
