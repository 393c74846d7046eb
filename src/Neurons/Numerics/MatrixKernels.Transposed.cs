using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nudge.Numerics;

public static unsafe partial class MatrixKernels
{
    // Eight panels are eight streams that the processor still fetches ahead, and their part of u stays at hand.
    private const int ChunkPanels = 8;

    /// <summary>The transposed product <c>v = Wᵀ·u</c> for each lane.</summary>
    /// <remarks>
    /// Order of summation: rows are taken in chunks of 128. In a chunk, the rows i with i mod 8 = k go to partial sum
    /// q_k in ascending order, and the eight are combined as
    /// <c>((q₀ + q₂) + (q₁ + q₃)) + ((q₄ + q₆) + (q₅ + q₇))</c>; then the chunks are added in ascending order. A
    /// column's bits depend neither on the columns nor on the lanes beside it.
    /// </remarks>
    /// <param name="w">Weights.</param>
    /// <param name="u"><c>lanes · PaddedRows</c> values, lane after lane; those of the padding must be finite.</param>
    /// <param name="v"><c>lanes · Columns</c> results, lane after lane.</param>
    /// <param name="lanes">Independent vectors, at least 1.</param>
    public static void MultiplyTransposed(PanelMatrix w, ReadOnlySpan<float> u, Span<float> v, int lanes)
    {
        RequireLanes(w, lanes, u.Length, v.Length);
        fixed (float* weights = w.Storage, source = u, result = v)
        {
            var panels = w.PaddedRows / PanelRows;
            for (var first = 0; first < panels; first += ChunkPanels)
            {
                var chunk = weights + ((nint)first * w.Columns * PanelRows);
                var part = source + (first * PanelRows);
                var height = int.Min(ChunkPanels, panels - first);
                AddChunk(chunk, part, result, height, w.PaddedRows, w.Columns, lanes, first > 0);
            }
        }
    }

    [MethodImpl(Hot)]
    private static void AddChunk(
        float* w, float* u, float* v, int panels, int paddedRows, int columns, int lanes, bool accumulate)
    {
        var stride = (nint)columns * PanelRows;
        var j = 0;
        for (; j <= columns - 8; j += 8, w += 8 * PanelRows)
        {
            for (var lane = 0; lane < lanes; lane++)
            {
                var sums = SumEightColumns(w, u + ((nint)lane * paddedRows), panels, stride);
                var target = v + ((nint)lane * columns) + j;
                Vector256.Store(accumulate ? Vector256.Load(target) + sums : sums, target);
            }
        }

        for (; j < columns; j++, w += PanelRows)
        {
            for (var lane = 0; lane < lanes; lane++)
            {
                var sum = SumColumn(w, u + ((nint)lane * paddedRows), panels, stride);
                var target = v + ((nint)lane * columns) + j;
                *target = accumulate ? *target + sum : sum;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> SumEightColumns(float* w, float* u, int panels, nint stride)
    {
        Vector256<float> q0 = default, q1 = default, q2 = default, q3 = default;
        Vector256<float> q4 = default, q5 = default, q6 = default, q7 = default;
        for (var panel = 0; panel < panels; panel++, w += stride, u += PanelRows)
        {
            var upper = Vector256.Load(u);
            q0 = Vector256.FusedMultiplyAdd(Vector256.Load(w), upper, q0);
            q1 = Vector256.FusedMultiplyAdd(Vector256.Load(w + 16), upper, q1);
            q2 = Vector256.FusedMultiplyAdd(Vector256.Load(w + 32), upper, q2);
            q3 = Vector256.FusedMultiplyAdd(Vector256.Load(w + 48), upper, q3);
            q4 = Vector256.FusedMultiplyAdd(Vector256.Load(w + 64), upper, q4);
            q5 = Vector256.FusedMultiplyAdd(Vector256.Load(w + 80), upper, q5);
            q6 = Vector256.FusedMultiplyAdd(Vector256.Load(w + 96), upper, q6);
            q7 = Vector256.FusedMultiplyAdd(Vector256.Load(w + 112), upper, q7);
            var lower = Vector256.Load(u + 8);
            q0 = Vector256.FusedMultiplyAdd(Vector256.Load(w + 8), lower, q0);
            q1 = Vector256.FusedMultiplyAdd(Vector256.Load(w + 24), lower, q1);
            q2 = Vector256.FusedMultiplyAdd(Vector256.Load(w + 40), lower, q2);
            q3 = Vector256.FusedMultiplyAdd(Vector256.Load(w + 56), lower, q3);
            q4 = Vector256.FusedMultiplyAdd(Vector256.Load(w + 72), lower, q4);
            q5 = Vector256.FusedMultiplyAdd(Vector256.Load(w + 88), lower, q5);
            q6 = Vector256.FusedMultiplyAdd(Vector256.Load(w + 104), lower, q6);
            q7 = Vector256.FusedMultiplyAdd(Vector256.Load(w + 120), lower, q7);
        }

        return LaneSums.OfEight(q0, q1, q2, q3, q4, q5, q6, q7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float SumColumn(float* w, float* u, int panels, nint stride)
    {
        var sum = Vector256<float>.Zero;
        for (var panel = 0; panel < panels; panel++, w += stride, u += PanelRows)
        {
            sum = Vector256.FusedMultiplyAdd(Vector256.Load(w), Vector256.Load(u), sum);
            sum = Vector256.FusedMultiplyAdd(Vector256.Load(w + 8), Vector256.Load(u + 8), sum);
        }

        return LaneSums.Of(sum);
    }
}
