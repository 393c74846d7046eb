using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nudge.Numerics;

/// <content>Products that plasticity rules form from the activity of their units.</content>
public static unsafe partial class VectorKernels
{
    /// <summary>result ← a + b; the result may be one of them.</summary>
    /// <param name="a">Values.</param>
    /// <param name="b">As many values.</param>
    /// <param name="result">At least as many places.</param>
    [MethodImpl(Hot)]
    public static void Sum(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Length, a.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(result.Length, a.Length);
        fixed (float* first = a, second = b, target = result)
        {
            var i = 0;
            for (; i <= a.Length - 8; i += 8)
                Vector256.Store(Vector256.Load(first + i) + Vector256.Load(second + i), target + i);
            for (; i < a.Length; i++)
                target[i] = first[i] + second[i];
        }
    }

    /// <summary>result ← factor·values.</summary>
    /// <param name="values">Values.</param>
    /// <param name="factor">What they are multiplied by.</param>
    /// <param name="result">At least as many places.</param>
    [MethodImpl(Hot)]
    public static void Scale(ReadOnlySpan<float> values, float factor, Span<float> result)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(result.Length, values.Length);
        fixed (float* source = values, target = result)
        {
            var i = 0;
            for (; i <= values.Length - 8; i += 8)
                Vector256.Store(Vector256.Load(source + i) * factor, target + i);
            for (; i < values.Length; i++)
                target[i] = source[i] * factor;
        }
    }

    /// <summary>result ← factor·(a − b).</summary>
    /// <param name="a">Values.</param>
    /// <param name="b">As many values.</param>
    /// <param name="factor">What the differences are multiplied by.</param>
    /// <param name="result">At least as many places.</param>
    [MethodImpl(Hot)]
    public static void ScaledDifference(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, float factor, Span<float> result)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Length, a.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(result.Length, a.Length);
        fixed (float* first = a, second = b, target = result)
        {
            var i = 0;
            for (; i <= a.Length - 8; i += 8)
                Vector256.Store((Vector256.Load(first + i) - Vector256.Load(second + i)) * factor, target + i);
            for (; i < a.Length; i++)
                target[i] = (first[i] - second[i]) * factor;
        }
    }
}
