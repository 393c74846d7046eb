using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nudge.Numerics;

public static unsafe partial class VectorKernels
{
    /// <summary>The squared distance <c>Σ (a[i] − b[i])²</c>.</summary>
    /// <remarks>Differences are rounded; their squares are summed in the order of <see cref="Dot"/>.</remarks>
    /// <param name="a">Values.</param>
    /// <param name="b">As many values.</param>
    [MethodImpl(Hot)]
    public static float SquaredDistance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Length, a.Length);
        fixed (float* left = a, right = b)
        {
            Vector256<float> p0 = default, p1 = default, p2 = default, p3 = default;
            var i = 0;
            for (; i <= a.Length - Partials; i += Partials)
            {
                p0 = AddSquare(Vector256.Load(left + i) - Vector256.Load(right + i), p0);
                p1 = AddSquare(Vector256.Load(left + i + 8) - Vector256.Load(right + i + 8), p1);
                p2 = AddSquare(Vector256.Load(left + i + 16) - Vector256.Load(right + i + 16), p2);
                p3 = AddSquare(Vector256.Load(left + i + 24) - Vector256.Load(right + i + 24), p3);
            }

            if (i < a.Length)
            {
                var rest = stackalloc float[Partials];
                new Span<float>(rest, Partials).Clear();
                for (var k = 0; i < a.Length; i++, k++)
                    rest[k] = left[i] - right[i];
                p0 = AddSquare(Vector256.Load(rest), p0);
                p1 = AddSquare(Vector256.Load(rest + 8), p1);
                p2 = AddSquare(Vector256.Load(rest + 16), p2);
                p3 = AddSquare(Vector256.Load(rest + 24), p3);
            }

            return LaneSums.Of((p0 + p1) + (p2 + p3));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> AddSquare(Vector256<float> x, Vector256<float> sum) =>
        Vector256.FusedMultiplyAdd(x, x, sum);
}
