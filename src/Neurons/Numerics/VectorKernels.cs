using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nudge.Numerics;

/// <summary>
/// Work on plain vectors of any length. An element's result has the same bits wherever it lies in the vector, and sums
/// are formed in one order, so that the bits are the same on every processor.
/// </summary>
/// <remarks>No kernel allocates. Operands must not overlap.</remarks>
public static unsafe partial class VectorKernels
{
    private const MethodImplOptions Hot = MethodImplOptions.AggressiveOptimization;

    /// <summary><c>into += a</c>.</summary>
    /// <param name="a">Values.</param>
    /// <param name="into">At least as many sums.</param>
    [MethodImpl(Hot)]
    public static void Add(ReadOnlySpan<float> a, Span<float> into)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(into.Length, a.Length);
        fixed (float* source = a, target = into)
        {
            var i = 0;
            for (; i <= a.Length - 8; i += 8)
            {
                Vector256.Store(Vector256.Load(target + i) + Vector256.Load(source + i), target + i);
            }

            for (; i < a.Length; i++)
            {
                target[i] += source[i];
            }
        }
    }

    /// <summary><c>into += factor · a</c>, fused.</summary>
    /// <param name="a">Values.</param>
    /// <param name="factor">What they are multiplied by.</param>
    /// <param name="into">At least as many sums.</param>
    [MethodImpl(Hot)]
    public static void AddScaled(ReadOnlySpan<float> a, float factor, Span<float> into)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(into.Length, a.Length);
        fixed (float* source = a, target = into)
        {
            var factors = Vector256.Create(factor);
            var i = 0;
            for (; i <= a.Length - 8; i += 8)
            {
                var sum = Vector256.FusedMultiplyAdd(Vector256.Load(source + i), factors, Vector256.Load(target + i));
                Vector256.Store(sum, target + i);
            }

            for (; i < a.Length; i++)
            {
                target[i] = float.FusedMultiplyAdd(source[i], factor, target[i]);
            }
        }
    }

    /// <summary><c>values *= factor</c>.</summary>
    /// <param name="values">Values to be scaled.</param>
    /// <param name="factor">What they are multiplied by.</param>
    [MethodImpl(Hot)]
    public static void Scale(Span<float> values, float factor)
    {
        fixed (float* target = values)
        {
            var factors = Vector256.Create(factor);
            var i = 0;
            for (; i <= values.Length - 8; i += 8)
            {
                Vector256.Store(Vector256.Load(target + i) * factors, target + i);
            }

            for (; i < values.Length; i++)
            {
                target[i] *= factor;
            }
        }
    }
}
