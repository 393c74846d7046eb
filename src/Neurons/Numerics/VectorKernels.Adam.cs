using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nudge.Numerics;

public static unsafe partial class VectorKernels
{
    // Moments of inactive synapses would decay into subnormal numbers and stay there, at three times the cost of a
    // step.
    private const float FadedMoment = 1f / (1UL << 50) / (1UL << 50);

    /// <summary>One step of Adam, <see cref="AdamStep"/>.</summary>
    /// <remarks>
    /// Each moment is the kept old one, rounded, to which the new term is added fused, ((1 − β₂)·G)·G in the second;
    /// one smaller than 2⁻¹⁰⁰ becomes 0, which moves no weight as long as ε is far greater than 2⁻⁵⁰. The weight is the kept old one, rounded, to which (rate/c₁)·(m / (√(v·(1/c₂)) + ε)) is added fused.
    /// </remarks>
    /// <param name="w">Weights.</param>
    /// <param name="first">As many first moments m.</param>
    /// <param name="second">As many second moments v.</param>
    /// <param name="gradient">As many gradients G, which point where the weights should go.</param>
    /// <param name="step">Constants of the step.</param>
    public static void AddAdam(
        Span<float> w, Span<float> first, Span<float> second, ReadOnlySpan<float> gradient, in AdamStep step)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(first.Length, w.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Length, w.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(gradient.Length, w.Length);
        fixed (float* weights = w, means = first, squares = second, gradients = gradient)
        {
            var whole = w.Length & -8;
            AddAdamEights(weights, means, squares, gradients, whole, step);
            AddAdamOneByOne(weights, means, squares, gradients, whole, w.Length, step);
        }
    }

    /// <summary>The same for a multiple of eight weights.</summary>
    [MethodImpl(Hot)]
    internal static void AddAdamEights(
        float* w, float* first, float* second, float* gradient, int count, in AdamStep step)
    {
        var beta1 = Vector256.Create(step.Beta1);
        var beta2 = Vector256.Create(step.Beta2);
        var new1 = Vector256.Create(1f - step.Beta1);
        var new2 = Vector256.Create(1f - step.Beta2);
        var keep = Vector256.Create(step.Keep);
        var rate = Vector256.Create(step.CorrectedRate);
        var inverse2 = Vector256.Create(step.InverseCorrection2);
        var epsilon = Vector256.Create(step.Epsilon);
        for (nint i = 0; i < count; i += 8)
        {
            var g = Vector256.Load(gradient + i);
            var m = LetFade(Vector256.FusedMultiplyAdd(new1, g, beta1 * Vector256.Load(first + i)));
            var v = LetFade(Vector256.FusedMultiplyAdd(new2 * g, g, beta2 * Vector256.Load(second + i)));
            Vector256.Store(m, first + i);
            Vector256.Store(v, second + i);
            var move = m / (Vector256.Sqrt(v * inverse2) + epsilon);
            Vector256.Store(Vector256.FusedMultiplyAdd(rate, move, keep * Vector256.Load(w + i)), w + i);
        }
    }

    [MethodImpl(Hot)]
    private static void AddAdamOneByOne(
        float* w, float* first, float* second, float* gradient, int from, int to, in AdamStep step)
    {
        var (rate, inverse2) = (step.CorrectedRate, step.InverseCorrection2);
        for (var i = from; i < to; i++)
        {
            var g = gradient[i];
            var m = LetFade(float.FusedMultiplyAdd(1f - step.Beta1, g, step.Beta1 * first[i]));
            var v = LetFade(float.FusedMultiplyAdd((1f - step.Beta2) * g, g, step.Beta2 * second[i]));
            (first[i], second[i]) = (m, v);
            var move = m / (float.Sqrt(v * inverse2) + step.Epsilon);
            w[i] = float.FusedMultiplyAdd(rate, move, step.Keep * w[i]);
        }
    }

    // What is not a number is not small, and stays.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> LetFade(Vector256<float> moment) =>
        Vector256.AndNot(moment, Vector256.LessThan(Vector256.Abs(moment), Vector256.Create(FadedMoment)));

    private static float LetFade(float moment) => float.Abs(moment) < FadedMoment ? 0f : moment;
}
