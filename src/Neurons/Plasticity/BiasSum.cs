using Nudge.Numerics;
using Nudge.State;

namespace Nudge.Plasticity;

/// <summary>The sum at the biases of a slice.</summary>
internal sealed class BiasSum(int units, int lanes) : StatisticSum
{
    private readonly float[] _sum = new float[lanes * PanelMatrix.Pad(units)];

    /// <inheritdoc/>
    public override void Bias(ReadOnlySpan<float> post) => VectorKernels.Add(post, _sum);

    internal override double Square(int lane)
    {
        int stride = _sum.Length / lanes;
        return VectorKernels.SumOfSquares(_sum.AsSpan(lane * stride, stride));
    }

    internal override void Clear() => Array.Clear(_sum);

    /// <inheritdoc/>
    public override void Describe(StateSection state) => state.Floats(1, _sum);
}
