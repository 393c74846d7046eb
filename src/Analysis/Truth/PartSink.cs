using Nudge.Numerics;
using Nudge.Synapses;
using Nudge.Topology;

namespace Nudge.Truth;

/// <summary>Sums what one slice learns in one phase at one of its projections, or at its biases.</summary>
/// <param name="series">Where whole phases go.</param>
/// <param name="slice">The slice.</param>
/// <param name="projection">The projection; null for biases.</param>
internal sealed class PartSink(UpdateSeries series, SlicePlan slice, ProjectionPlan? projection) : IUpdateSink
{
    private readonly int _unitsPerRow = projection?.UnitsPerRow ?? slice.Population.UnitsPerBias;
    private readonly int _columns = projection?.WeightsPerRow ?? slice.Population.BiasesPerUnit;
    private readonly double[] _update = new double[
        slice.Count / (projection?.UnitsPerRow ?? slice.Population.UnitsPerBias) * (projection?.WeightsPerRow ?? slice.Population.BiasesPerUnit)];
    private bool _learned;

    /// <inheritdoc/>
    public void Outer(ReadOnlySpan<float> post, ReadOnlySpan<float> pre, int terms) => Take(post, pre, terms);

    /// <inheritdoc/>
    public void Each(PanelMatrix update, float rate, int lane)
    {
        _learned = true;
        for (int unit = 0; unit < slice.Count; unit++)
        {
            for (int column = 0; column < _columns; column++)
                _update[(unit * _columns) + column] += (double)rate * update[unit, column];
            // A unit is not coupled to itself.
            if (projection!.IsWithin)
                _update[(unit * _columns) + slice.First + unit] = 0;
        }
    }

    /// <inheritdoc/>
    public void Bias(ReadOnlySpan<float> post) => Take(post, [], post.Length / PanelMatrix.Pad(slice.Count));

    private void Take(ReadOnlySpan<float> post, ReadOnlySpan<float> pre, int terms)
    {
        _learned = true;
        int stride = post.Length / terms;
        int sources = pre.Length / terms;
        for (int term = 0; term < terms; term++)
        {
            ReadOnlySpan<float> units = post.Slice(term * stride, slice.Count);
            if (projection?.Connectivity is { } table)
            {
                table.AddOuter(units, pre.Slice(term * sources, sources), _update);
                continue;
            }

            for (int unit = 0; unit < units.Length; unit++)
            {
                double factor = units[unit];
                if (factor == 0)
                    continue;
                // Biases of one kind come after those of the other, and count side by side.
                if (pre.IsEmpty)
                    _update[(unit / _unitsPerRow * _columns) + (term % _columns)] += factor;
                else
                    Add(unit, factor, pre.Slice(term * sources, sources));
            }
        }
    }

    /// <summary>Ends the slice's phase.</summary>
    internal void Flush(int block, float importance)
    {
        if (!_learned)
            return;
        if (block != PhaseBlocks.Uncounted)
            series.Add(block, slice.First / _unitsPerRow * _columns, _update, importance);
        Array.Clear(_update);
        _learned = false;
    }

    private void Add(int row, double factor, ReadOnlySpan<float> pre)
    {
        Span<double> update = _update.AsSpan(row * _columns, _columns);
        for (int column = 0; column < pre.Length; column++)
            update[column] += factor * pre[column];
        // A unit is not coupled to itself.
        if (projection!.IsWithin)
            update[slice.First + row] = 0;
    }
}
