using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nudge.Numerics;

/// <summary>Elementary functions of eight floats, for kernels that fuse them with other work.</summary>
/// <remarks>
/// The coefficients are minimax fits of the relative error (Lawson's iteration), rounded to single precision.
/// </remarks>
internal static class VectorFunctions
{
    /// <summary>The exponential function on the whole line.</summary>
    /// <param name="x">Arguments.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x) => ExpUpTo89(AtMost(x, 89f));

    /// <summary><c>e / (1 + e)</c> with <c>e = exp(−|x|)</c> for negative x, else <c>1 / (1 + e)</c>.</summary>
    /// <param name="x">Arguments.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sigmoid(Vector256<float> x)
    {
        var one = Vector256.Create(1f);
        var e = ExpUpTo89(x | Vector256.Create(-0f));
        return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), e, one) / (one + e);
    }

    /// <summary>
    /// <c>x + x³·p(x²)</c> below 0.625, with a relative error of 4.7·10⁻⁹; <c>1 − 2 / (exp(2|x|) + 1)</c> above, with
    /// the sign of x.
    /// </summary>
    /// <param name="x">Arguments.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x)
    {
        var sign = x & Vector256.Create(-0f);
        var size = x ^ sign;
        var one = Vector256.Create(1f);
        var (e, power) = Reduce(AtMost(size + size, 40f));
        var large = one - (Vector256.Create(2f) / Vector256.FusedMultiplyAdd(e, PowerOfTwo(power), one));

        var square = size * size;
        var p = Vector256.Create(-0.00568126841f);
        p = Vector256.FusedMultiplyAdd(p, square, Vector256.Create(0.0206186101f));
        p = Vector256.FusedMultiplyAdd(p, square, Vector256.Create(-0.0537336916f));
        p = Vector256.FusedMultiplyAdd(p, square, Vector256.Create(0.13331373f));
        p = Vector256.FusedMultiplyAdd(p, square, Vector256.Create(-0.333332807f));
        var small = Vector256.FusedMultiplyAdd(size * square, p, size);

        var isSmall = Vector256.LessThan(size, Vector256.Create(0.625f));
        return Vector256.ConditionalSelect(isSmall, small, large) | sign;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ExpUpTo89(Vector256<float> x)
    {
        // In two steps, since 2ⁿ alone may overflow or vanish where the result does not.
        var (e, power) = Reduce(AtLeast(x, -104f));
        var half = power >> 1;
        return e * PowerOfTwo(half) * PowerOfTwo(power - half);
    }

    // exp(x) = 2ⁿ·exp(r), n the nearest integer to x / ln 2, and exp(r) = 1 + r + r²·q(r) on ±½ ln 2, where the
    // relative error of the fit is 3.2·10⁻⁹.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Mantissa, Vector256<int> Power) Reduce(Vector256<float> x)
    {
        // Adding 1.5·2²³ rounds to an integer and leaves it in the low bits of the sum.
        var rounder = Vector256.Create(12_582_912f);
        var shifted = Vector256.FusedMultiplyAdd(x, Vector256.Create(1.442695f), rounder);
        var n = shifted - rounder;

        // ln 2 in two parts: n times the first is exact.
        var r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-0.693359375f), x);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(0.000212194442f), r);

        var q = Vector256.Create(0.00138138758f);
        q = Vector256.FusedMultiplyAdd(q, r, Vector256.Create(0.00836906396f));
        q = Vector256.FusedMultiplyAdd(q, r, Vector256.Create(0.0416684225f));
        q = Vector256.FusedMultiplyAdd(q, r, Vector256.Create(0.166665182f));
        q = Vector256.FusedMultiplyAdd(q, r, Vector256.Create(0.49999994f));
        var mantissa = Vector256.FusedMultiplyAdd(r * r, q, r) + Vector256.Create(1f);
        return (mantissa, shifted.AsInt32() - rounder.AsInt32());
    }

    // Comparisons rather than Min and Max, whose way with NaN would cost more to pin down: here NaN stays.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> AtMost(Vector256<float> x, float bound) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256.Create(bound)), Vector256.Create(bound), x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> AtLeast(Vector256<float> x, float bound) =>
        Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(bound)), Vector256.Create(bound), x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> PowerOfTwo(Vector256<int> n) => ((n + Vector256.Create(127)) << 23).AsSingle();
}
