using Nudge.Checkpointing;
using Nudge.Numerics;

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

    internal override void Save(BinaryWriter writer) => writer.WriteFloats(_sum);

    internal override void Restore(BinaryReader reader) => reader.ReadFloats(_sum);
}
