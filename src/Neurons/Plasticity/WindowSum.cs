using Nudge.Numerics;
using Nudge.State;
using Nudge.Synapses;
using Nudge.Topology;

namespace Nudge.Plasticity;

/// <summary>
/// The sum at synapses of a projection with windows: weights for each lane, since connections that share one add up before the
/// length is taken.
/// </summary>
internal sealed class WindowSum : StatisticSum
{
    private readonly PanelMatrix[] _sums;
    private readonly WindowProducts _products;
    private readonly int _stride;
    private readonly int _sources;

    internal WindowSum(Connectivity table, SlicePlan slice, int lanes)
    {
        _sums = [.. Enumerable.Range(0, lanes).Select(_ => WindowProducts.Blank(table, slice))];
        _products = new(table, 1, slice);
        _stride = PanelMatrix.Pad(slice.Count);
        _sources = (int)table.Source.Units;
        Clear();
    }

    /// <inheritdoc/>
    public override void Outer(ReadOnlySpan<float> post, ReadOnlySpan<float> pre, int terms)
    {
        for (int term = 0; term < terms; term++)
        {
            _products.AddOuter(
                _sums[term % _sums.Length],
                post.Slice(term * _stride, _stride),
                pre.Slice(term * _sources, _sources),
                terms: 1,
                keep: 1);
        }
    }

    internal override double Square(int lane) => VectorKernels.SumOfSquares(_sums[lane].Storage);

    internal override void Clear()
    {
        foreach (PanelMatrix sum in _sums)
            sum.Storage.Clear();
    }

    /// <inheritdoc/>
    public override void Describe(StateSection state) =>
        state.List(1, "lanes", _sums.Length, lane => state.Floats(1, _sums[lane].Storage, "sum"));
}
