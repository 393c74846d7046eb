using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nudge.Numerics;

// Updates of higher rank keep sixteen rows by six columns of weights in registers while the terms pass by.
public static unsafe partial class MatrixKernels
{
    private const int TermsAtOnce = 64;

    private const int ColumnsAtOnce = 6;

    [SkipLocalsInit]
    private static void AddTerms(float* w, float* u, float* x, int paddedRows, int columns, int rank, float keep)
    {
        // Rows of u lie a power of two apart, and would push one another out of the cache: so a panel's are gathered.
        var gathered = stackalloc float[TermsAtOnce * PanelRows];
        for (var row = 0; row < paddedRows; row += PanelRows)
        {
            for (var first = 0; first < rank; first += TermsAtOnce)
            {
                var terms = int.Min(TermsAtOnce, rank - first);
                for (var k = 0; k < terms; k++)
                {
                    var part = u + ((nint)(first + k) * paddedRows) + row;
                    StorePanel(Vector256.Load(part), Vector256.Load(part + 8), gathered + (k * PanelRows));
                }

                var panel = w + ((nint)row * columns);
                AddTermsToPanel(panel, gathered, x + ((nint)first * columns), columns, terms, first > 0 ? 1f : keep);
            }
        }
    }

    private static void AddTermsToPanel(float* w, float* u, float* x, int columns, int terms, float keep)
    {
        var j = 0;
        for (; j <= columns - ColumnsAtOnce; j += ColumnsAtOnce)
        {
            AddTermsToSixColumns(w + (j * PanelRows), u, x + j, columns, terms, keep);
        }

        for (; j < columns; j++)
        {
            AddTermsToColumn(w + (j * PanelRows), u, x + j, columns, terms, keep);
        }
    }

    [MethodImpl(Hot)]
    private static void AddTermsToSixColumns(float* w, float* u, float* x, nint columns, int terms, float keep)
    {
        var (a0, b0) = LoadKept(w, keep);
        var (a1, b1) = LoadKept(w + 16, keep);
        var (a2, b2) = LoadKept(w + 32, keep);
        var (a3, b3) = LoadKept(w + 48, keep);
        var (a4, b4) = LoadKept(w + 64, keep);
        var (a5, b5) = LoadKept(w + 80, keep);
        for (var k = 0; k < terms; k++, u += PanelRows, x += columns)
        {
            var upper = Vector256.Load(u);
            var lower = Vector256.Load(u + 8);
            var factor = Vector256.Create(x[0]);
            a0 = Vector256.FusedMultiplyAdd(upper, factor, a0);
            b0 = Vector256.FusedMultiplyAdd(lower, factor, b0);
            factor = Vector256.Create(x[1]);
            a1 = Vector256.FusedMultiplyAdd(upper, factor, a1);
            b1 = Vector256.FusedMultiplyAdd(lower, factor, b1);
            factor = Vector256.Create(x[2]);
            a2 = Vector256.FusedMultiplyAdd(upper, factor, a2);
            b2 = Vector256.FusedMultiplyAdd(lower, factor, b2);
            factor = Vector256.Create(x[3]);
            a3 = Vector256.FusedMultiplyAdd(upper, factor, a3);
            b3 = Vector256.FusedMultiplyAdd(lower, factor, b3);
            factor = Vector256.Create(x[4]);
            a4 = Vector256.FusedMultiplyAdd(upper, factor, a4);
            b4 = Vector256.FusedMultiplyAdd(lower, factor, b4);
            factor = Vector256.Create(x[5]);
            a5 = Vector256.FusedMultiplyAdd(upper, factor, a5);
            b5 = Vector256.FusedMultiplyAdd(lower, factor, b5);
        }

        StorePanel(a0, b0, w);
        StorePanel(a1, b1, w + 16);
        StorePanel(a2, b2, w + 32);
        StorePanel(a3, b3, w + 48);
        StorePanel(a4, b4, w + 64);
        StorePanel(a5, b5, w + 80);
    }

    [MethodImpl(Hot)]
    private static void AddTermsToColumn(float* w, float* u, float* x, nint columns, int terms, float keep)
    {
        var (a, b) = LoadKept(w, keep);
        for (var k = 0; k < terms; k++, u += PanelRows, x += columns)
        {
            (a, b) = AddColumn(u, *x, a, b);
        }

        StorePanel(a, b, w);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Upper, Vector256<float> Lower) LoadKept(float* w, float keep)
    {
        var upper = Vector256.Load(w);
        var lower = Vector256.Load(w + 8);
        return keep == 1f ? (upper, lower) : (upper * Vector256.Create(keep), lower * Vector256.Create(keep));
    }
}
