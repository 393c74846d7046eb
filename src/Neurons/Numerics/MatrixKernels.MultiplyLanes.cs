using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nudge.Numerics;

// Several lanes are multiplied in blocks of sixteen rows by six, four or two lanes: twelve sums, the two halves of a
// column of weights and one broadcast value fill the registers of AVX2. Blocks may overlap: the results are the same.
public static unsafe partial class MatrixKernels
{
    private static void MultiplyLanes(float* w, float* x, float* y, int paddedRows, int columns, int lanes)
    {
        for (var row = 0; row < paddedRows; row += PanelRows, w += columns * PanelRows)
        {
            for (var lane = 0; lane < lanes;)
            {
                var left = lanes - lane;
                var width = left is 6 or > 8 ? 6 : lanes >= 4 ? 4 : 2;
                var first = left < width ? lanes - width : lane;
                var source = x + ((nint)first * columns);
                var result = y + ((nint)first * paddedRows) + row;
                switch (width)
                {
                    case 6:
                        MultiplySixLanes(w, source, result, paddedRows, columns);
                        break;
                    case 4:
                        MultiplyFourLanes(w, source, result, paddedRows, columns);
                        break;
                    default:
                        MultiplyTwoLanes(w, source, result, paddedRows, columns);
                        break;
                }

                lane = first + width;
            }
        }
    }

    [MethodImpl(Hot)]
    private static void MultiplySixLanes(float* w, float* x, float* y, nint stride, nint columns)
    {
        Vector256<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default;
        Vector256<float> b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default;
        var x3 = x + (3 * columns);
        for (var end = x + columns; x < end; x++, x3++, w += PanelRows)
        {
            var upper = Vector256.Load(w);
            var lower = Vector256.Load(w + 8);
            var factor = Vector256.Create(*x);
            a0 = Vector256.FusedMultiplyAdd(upper, factor, a0);
            b0 = Vector256.FusedMultiplyAdd(lower, factor, b0);
            factor = Vector256.Create(x[columns]);
            a1 = Vector256.FusedMultiplyAdd(upper, factor, a1);
            b1 = Vector256.FusedMultiplyAdd(lower, factor, b1);
            factor = Vector256.Create(x[2 * columns]);
            a2 = Vector256.FusedMultiplyAdd(upper, factor, a2);
            b2 = Vector256.FusedMultiplyAdd(lower, factor, b2);
            factor = Vector256.Create(*x3);
            a3 = Vector256.FusedMultiplyAdd(upper, factor, a3);
            b3 = Vector256.FusedMultiplyAdd(lower, factor, b3);
            factor = Vector256.Create(x3[columns]);
            a4 = Vector256.FusedMultiplyAdd(upper, factor, a4);
            b4 = Vector256.FusedMultiplyAdd(lower, factor, b4);
            factor = Vector256.Create(x3[2 * columns]);
            a5 = Vector256.FusedMultiplyAdd(upper, factor, a5);
            b5 = Vector256.FusedMultiplyAdd(lower, factor, b5);
        }

        StorePanel(a0, b0, y);
        StorePanel(a1, b1, y + stride);
        StorePanel(a2, b2, y + (2 * stride));
        StorePanel(a3, b3, y + (3 * stride));
        StorePanel(a4, b4, y + (4 * stride));
        StorePanel(a5, b5, y + (5 * stride));
    }

    [MethodImpl(Hot)]
    private static void MultiplyFourLanes(float* w, float* x, float* y, nint stride, nint columns)
    {
        Vector256<float> a0 = default, a1 = default, a2 = default, a3 = default;
        Vector256<float> b0 = default, b1 = default, b2 = default, b3 = default;
        var x2 = x + (2 * columns);
        for (var end = x + columns; x < end; x++, x2++, w += PanelRows)
        {
            var upper = Vector256.Load(w);
            var lower = Vector256.Load(w + 8);
            var factor = Vector256.Create(*x);
            a0 = Vector256.FusedMultiplyAdd(upper, factor, a0);
            b0 = Vector256.FusedMultiplyAdd(lower, factor, b0);
            factor = Vector256.Create(x[columns]);
            a1 = Vector256.FusedMultiplyAdd(upper, factor, a1);
            b1 = Vector256.FusedMultiplyAdd(lower, factor, b1);
            factor = Vector256.Create(*x2);
            a2 = Vector256.FusedMultiplyAdd(upper, factor, a2);
            b2 = Vector256.FusedMultiplyAdd(lower, factor, b2);
            factor = Vector256.Create(x2[columns]);
            a3 = Vector256.FusedMultiplyAdd(upper, factor, a3);
            b3 = Vector256.FusedMultiplyAdd(lower, factor, b3);
        }

        StorePanel(a0, b0, y);
        StorePanel(a1, b1, y + stride);
        StorePanel(a2, b2, y + (2 * stride));
        StorePanel(a3, b3, y + (3 * stride));
    }

    [MethodImpl(Hot)]
    private static void MultiplyTwoLanes(float* w, float* x, float* y, nint stride, nint columns)
    {
        Vector256<float> a0 = default, a1 = default, b0 = default, b1 = default;
        for (var end = x + columns; x < end; x++, w += PanelRows)
        {
            (a0, b0) = AddColumn(w, *x, a0, b0);
            (a1, b1) = AddColumn(w, x[columns], a1, b1);
        }

        StorePanel(a0, b0, y);
        StorePanel(a1, b1, y + stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePanel(Vector256<float> upper, Vector256<float> lower, float* destination)
    {
        Vector256.Store(upper, destination);
        Vector256.Store(lower, destination + 8);
    }
}
