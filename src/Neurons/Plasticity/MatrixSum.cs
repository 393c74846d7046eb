using Nudge.Numerics;
using Nudge.State;
using Nudge.Topology;

namespace Nudge.Plasticity;

/// <summary>
/// The sum at synapses that learn at every step: a matrix for each lane, since the length of a sum is not the sum of
/// lengths.
/// </summary>
internal sealed class MatrixSum : StatisticSum
{
    private readonly PanelMatrix[] _sums;
    private readonly bool _isWithin;

    internal MatrixSum(ProjectionPlan projection, int units, int lanes)
    {
        _sums = [.. Enumerable.Range(0, lanes).Select(_ => new PanelMatrix(units, projection.Source.Size))];
        _isWithin = projection.IsWithin;
    }

    /// <inheritdoc/>
    public override void Outer(ReadOnlySpan<float> post, ReadOnlySpan<float> pre, int terms)
    {
        for (int term = 0; term < terms; term++)
        {
            PanelMatrix sum = _sums[term % _sums.Length];
            MatrixKernels.AddOuter(
                sum, post.Slice(term * sum.PaddedRows, sum.PaddedRows), pre.Slice(term * sum.Columns, sum.Columns), 1);
        }
    }

    /// <inheritdoc/>
    public override void Each(PanelMatrix update, float rate, int lane) =>
        VectorKernels.AddScaled(update.Storage, rate, _sums[lane].Storage);

    internal override double Square(int lane)
    {
        PanelMatrix sum = _sums[lane];
        // A unit is not coupled to itself.
        for (int unit = 0; _isWithin && unit < sum.Rows; unit++)
            sum[unit, unit] = 0;
        return VectorKernels.SumOfSquares(sum.Storage);
    }

    internal override void Clear()
    {
        foreach (PanelMatrix sum in _sums)
            sum.Storage.Clear();
    }

    /// <inheritdoc/>
    public override void Describe(StateSection state) =>
        state.List(1, "lanes", _sums.Length, lane => state.Floats(1, _sums[lane].Storage, "sum"));
}
