using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nudge.Numerics;

/// <summary>
/// Sums of the eight elements of a vector in one order,
/// <c>((q₀ + q₂) + (q₁ + q₃)) + ((q₄ + q₆) + (q₅ + q₇))</c>; the runtime's own leaves its order open.
/// </summary>
internal static class LaneSums
{
    /// <summary>The sum of one vector's elements.</summary>
    /// <param name="q">Eight partial sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Of(Vector256<float> q)
    {
        q += SwapPairs(q);
        q += SwapNeighbours(q);
        q += SwapHalves(q);
        return q.ToScalar();
    }

    /// <summary>The sums of eight vectors' elements, the k-th in element k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> OfEight(
        Vector256<float> q0,
        Vector256<float> q1,
        Vector256<float> q2,
        Vector256<float> q3,
        Vector256<float> q4,
        Vector256<float> q5,
        Vector256<float> q6,
        Vector256<float> q7)
    {
        if (Avx.IsSupported)
        {
            var left = OfQuarters(AddUnpacked(q0, q1), AddUnpacked(q2, q3));
            var right = OfQuarters(AddUnpacked(q4, q5), AddUnpacked(q6, q7));
            return Avx.Permute2x128(left, right, 0x20) + Avx.Permute2x128(left, right, 0x31);
        }

        var low = MergeNeighbours(MergePairs(q0, q2), MergePairs(q1, q3));
        var high = MergeNeighbours(MergePairs(q4, q6), MergePairs(q5, q7));
        var second = Vector256.Create(0, 0, 0, 0, -1, -1, -1, -1).AsSingle();
        var given = SwapHalves(Vector256.ConditionalSelect(second, low, high));
        return Vector256.ConditionalSelect(second, high, low) + given;
    }

    // With AVX the same sums take half the instructions: a₀ + a₂, b₀ + b₂, a₁ + a₃, b₁ + b₃ in each half.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> AddUnpacked(Vector256<float> a, Vector256<float> b) =>
        Avx.UnpackLow(a, b) + Avx.UnpackHigh(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> OfQuarters(Vector256<float> ab, Vector256<float> cd) =>
        Avx.UnpackLow(ab.AsDouble(), cd.AsDouble()).AsSingle()
        + Avx.UnpackHigh(ab.AsDouble(), cd.AsDouble()).AsSingle();

    // Where the mask is set the result belongs to b, elsewhere to a: both add their own two elements.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> MergePairs(Vector256<float> a, Vector256<float> b)
    {
        var second = Vector256.Create(0, 0, -1, -1, 0, 0, -1, -1).AsSingle();
        return Vector256.ConditionalSelect(second, b, a) + SwapPairs(Vector256.ConditionalSelect(second, a, b));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> MergeNeighbours(Vector256<float> a, Vector256<float> b)
    {
        var second = Vector256.Create(0, -1, 0, -1, 0, -1, 0, -1).AsSingle();
        return Vector256.ConditionalSelect(second, b, a) + SwapNeighbours(Vector256.ConditionalSelect(second, a, b));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> SwapNeighbours(Vector256<float> q) =>
        Vector256.Shuffle(q, Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> SwapPairs(Vector256<float> q) =>
        Vector256.Shuffle(q, Vector256.Create(2, 3, 0, 1, 6, 7, 4, 5));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> SwapHalves(Vector256<float> q) =>
        Vector256.Shuffle(q, Vector256.Create(4, 5, 6, 7, 0, 1, 2, 3));
}
