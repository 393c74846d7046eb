using Nudge.Numerics;

namespace Nudge.Neurons.Tests.Numerics;

/// <summary>Kernels once more, one element after the other and without vectors, to be met bit by bit.</summary>
internal static class PlainLoops
{
    /// <summary>Σ x[i]² in the order that <see cref="VectorKernels.Dot"/> states.</summary>
    public static float SumOfSquares(ReadOnlySpan<float> x)
    {
        var p = new float[32];
        for (var i = 0; i < x.Length; i++)
            p[i % 32] = float.FusedMultiplyAdd(x[i], x[i], p[i % 32]);
        var q = new float[8];
        for (var i = 0; i < 8; i++)
            q[i] = (p[i] + p[8 + i]) + (p[16 + i] + p[24 + i]);
        return ((q[0] + q[2]) + (q[1] + q[3])) + ((q[4] + q[6]) + (q[5] + q[7]));
    }

    /// <summary>Σ_k post_k[row]·pre_k[column], each term fused.</summary>
    public static float Gradient(
        float[] post, float[] pre, int lanes, int paddedRows, int columns, int row, int column)
    {
        var sum = 0f;
        for (var k = 0; k < lanes; k++)
            sum = float.FusedMultiplyAdd(post[(k * paddedRows) + row], pre[(k * columns) + column], sum);
        return sum;
    }

    /// <summary>One weight's step of Adam.</summary>
    public static (float W, float First, float Second) Adam(
        float w, float first, float second, float gradient, AdamStep step)
    {
        first = OrZero(float.FusedMultiplyAdd(1f - step.Beta1, gradient, step.Beta1 * first));
        second = OrZero(float.FusedMultiplyAdd((1f - step.Beta2) * gradient, gradient, step.Beta2 * second));
        var rate = (float)(step.Rate / step.Correction1);
        var root = MathF.Sqrt(second * (float)(1 / step.Correction2));
        return (float.FusedMultiplyAdd(rate, first / (root + step.Epsilon), step.Keep * w), first, second);
    }

    private static float OrZero(float moment) => Math.Abs(moment) < Math.Pow(2, -100) ? 0f : moment;
}
