using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nudge.Numerics;

public static unsafe partial class MatrixKernels
{
    /// <summary>The product <c>y = W·x</c> for each lane.</summary>
    /// <remarks>
    /// Order of summation. One lane: four partial sums, the columns j with j mod 4 = q going to sum q in ascending
    /// order, then <c>(p₀ + p₁) + (p₂ + p₃)</c>. Two lanes or more: one sum in ascending order of j.
    /// A row's bits depend on the values of that row and lane alone: not on the panel that it lies in, nor on the
    /// rows or lanes beside it.
    /// </remarks>
    /// <param name="w">Weights.</param>
    /// <param name="x"><c>lanes · Columns</c> values, lane after lane.</param>
    /// <param name="y"><c>lanes · PaddedRows</c> results, lane after lane; padding becomes 0 if x is finite.</param>
    /// <param name="lanes">Independent vectors, at least 1.</param>
    public static void Multiply(PanelMatrix w, ReadOnlySpan<float> x, Span<float> y, int lanes)
    {
        RequireLanes(w, lanes, y.Length, x.Length);
        fixed (float* weights = w.Storage, source = x, result = y)
        {
            if (lanes == 1)
            {
                MultiplyLane(weights, source, result, w.PaddedRows, w.Columns);
            }
            else
            {
                MultiplyLanes(weights, source, result, w.PaddedRows, w.Columns, lanes);
            }
        }
    }

    [MethodImpl(Hot)]
    private static void MultiplyLane(float* w, float* x, float* y, int paddedRows, int columns)
    {
        var whole = columns & ~3;
        for (var row = 0; row < paddedRows; row += PanelRows)
        {
            // Four chains for each half of the panel: as many as hide the latency of a fused multiply-add.
            Vector256<float> a0 = default, a1 = default, a2 = default, a3 = default;
            Vector256<float> b0 = default, b1 = default, b2 = default, b3 = default;
            for (var j = 0; j < whole; j += 4, w += 4 * PanelRows)
            {
                var x0 = Vector256.Create(x[j]);
                a0 = Vector256.FusedMultiplyAdd(Vector256.Load(w), x0, a0);
                b0 = Vector256.FusedMultiplyAdd(Vector256.Load(w + 8), x0, b0);
                var x1 = Vector256.Create(x[j + 1]);
                a1 = Vector256.FusedMultiplyAdd(Vector256.Load(w + 16), x1, a1);
                b1 = Vector256.FusedMultiplyAdd(Vector256.Load(w + 24), x1, b1);
                var x2 = Vector256.Create(x[j + 2]);
                a2 = Vector256.FusedMultiplyAdd(Vector256.Load(w + 32), x2, a2);
                b2 = Vector256.FusedMultiplyAdd(Vector256.Load(w + 40), x2, b2);
                var x3 = Vector256.Create(x[j + 3]);
                a3 = Vector256.FusedMultiplyAdd(Vector256.Load(w + 48), x3, a3);
                b3 = Vector256.FusedMultiplyAdd(Vector256.Load(w + 56), x3, b3);
            }

            var left = columns - whole;
            if (left > 0)
            {
                (a0, b0) = AddColumn(w, x[whole], a0, b0);
            }

            if (left > 1)
            {
                (a1, b1) = AddColumn(w + PanelRows, x[whole + 1], a1, b1);
            }

            if (left > 2)
            {
                (a2, b2) = AddColumn(w + (2 * PanelRows), x[whole + 2], a2, b2);
            }

            w += left * PanelRows;
            Vector256.Store((a0 + a1) + (a2 + a3), y + row);
            Vector256.Store((b0 + b1) + (b2 + b3), y + row + 8);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Upper, Vector256<float> Lower) AddColumn(
        float* w, float x, Vector256<float> upper, Vector256<float> lower)
    {
        var factor = Vector256.Create(x);
        return (
            Vector256.FusedMultiplyAdd(Vector256.Load(w), factor, upper),
            Vector256.FusedMultiplyAdd(Vector256.Load(w + 8), factor, lower));
    }
}
