using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nudge.Numerics;

/// <summary>
/// The elementary functions of single precision, made from exact or fused operations only: the same bits on every
/// processor, in a vector and alone. The standard library's differ between platforms and versions.
/// </summary>
/// <remarks>Sources and destinations may be the same span, but must not overlap otherwise.</remarks>
public static class FloatFunctions
{
    /// <summary>The exponential function, within 1.2·10⁻⁷ of the value (where that is a normal number).</summary>
    /// <remarks>+∞ from 88.7229 up, through subnormal numbers to 0 at −104 and below; NaN stays NaN.</remarks>
    /// <param name="x">Argument.</param>
    public static float Exp(float x) => ExpOperation.Apply(Vector256.Create(x)).ToScalar();

    /// <summary><see cref="Exp(float)"/> of every element.</summary>
    /// <param name="x">Arguments.</param>
    /// <param name="result">At least as many results.</param>
    public static void Exp(ReadOnlySpan<float> x, Span<float> result) => Elementwise.Map<ExpOperation>(x, result);

    /// <summary>The hyperbolic tangent, within 2·10⁻⁷ of the value.</summary>
    /// <remarks>Exactly odd, within [−1, 1], ±1 at ±∞; −0 stays −0 and NaN stays NaN.</remarks>
    /// <param name="x">Argument.</param>
    public static float Tanh(float x) => TanhOperation.Apply(Vector256.Create(x)).ToScalar();

    /// <summary><see cref="Tanh(float)"/> of every element.</summary>
    /// <param name="x">Arguments.</param>
    /// <param name="result">At least as many results.</param>
    public static void Tanh(ReadOnlySpan<float> x, Span<float> result) => Elementwise.Map<TanhOperation>(x, result);

    /// <summary>The logistic function <c>1 / (1 + exp(−x))</c>, within 2·10⁻⁷ of the value (if normal).</summary>
    /// <remarks>Within [0, 1]: 1 at +∞, 0 at −∞; NaN stays NaN.</remarks>
    /// <param name="x">Argument.</param>
    public static float Sigmoid(float x) => SigmoidOperation.Apply(Vector256.Create(x)).ToScalar();

    /// <summary><see cref="Sigmoid(float)"/> of every element.</summary>
    /// <param name="x">Arguments.</param>
    /// <param name="result">At least as many results.</param>
    public static void Sigmoid(ReadOnlySpan<float> x, Span<float> result) =>
        Elementwise.Map<SigmoidOperation>(x, result);

    private readonly struct ExpOperation : IVectorOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Apply(Vector256<float> x) => VectorFunctions.Exp(x);
    }

    private readonly struct TanhOperation : IVectorOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Apply(Vector256<float> x) => VectorFunctions.Tanh(x);
    }

    private readonly struct SigmoidOperation : IVectorOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Apply(Vector256<float> x) => VectorFunctions.Sigmoid(x);
    }
}
