using Nudge.Numerics;
using Nudge.State;

namespace Nudge.Plasticity;

/// <summary>The sum at the biases of a slice; units that have one in common add up before the length is taken.</summary>
internal sealed class BiasSum(int units, int lanes, int unitsPerBias = 1, int perUnit = 1) : StatisticSum
{
    private readonly float[] _sum = new float[lanes * perUnit * PanelMatrix.Pad(units)];

    /// <inheritdoc/>
    public override void Bias(ReadOnlySpan<float> post) => VectorKernels.Add(post, _sum);

    internal override double Square(int lane)
    {
        int stride = _sum.Length / lanes;
        if (unitsPerBias > 1)
            return SharedSquare(_sum.AsSpan(lane * stride, units));
        return VectorKernels.SumOfSquares(_sum.AsSpan(lane * stride, stride));
    }

    private double SharedSquare(ReadOnlySpan<float> seen)
    {
        double squares = 0;
        for (int first = 0; first < seen.Length; first += unitsPerBias)
        {
            double sum = 0;
            foreach (float value in seen.Slice(first, unitsPerBias))
                sum += value;
            squares += sum * sum;
        }

        return squares;
    }

    internal override void Clear() => Array.Clear(_sum);

    /// <inheritdoc/>
    public override void Describe(StateSection state) => state.Floats(1, _sum);
}
