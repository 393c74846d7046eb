using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nudge.Numerics;

// Updates of higher rank keep sixteen rows by six columns of weights in registers while the terms pass by.
public static unsafe partial class MatrixKernels
{
    private const int TermsAtOnce = 64;

    private const int ColumnsAtOnce = 6;

    private const int GroupsAtOnce = 128;

    // With fewer rows the terms would be listed for too little work.
    private const int RowsWorthListing = 8 * PanelRows;

    private static ReadOnlySpan<byte> NumbersOfTerms =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
        32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63,
    ];

    // The numbers are part of the program, which does not move.
    private static byte* AllTerms => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(NumbersOfTerms));

    [SkipLocalsInit]
    private static void AddTerms(float* w, float* u, float* x, int paddedRows, int columns, int rank, float keep)
    {
        if (keep == 1f && rank <= TermsAtOnce && paddedRows >= RowsWorthListing)
        {
            AddListedTerms(w, u, x, paddedRows, columns, rank);
            return;
        }

        var gathered = stackalloc float[TermsAtOnce * PanelRows];
        for (var row = 0; row < paddedRows; row += PanelRows)
        {
            for (var first = 0; first < rank; first += TermsAtOnce)
            {
                var terms = int.Min(TermsAtOnce, rank - first);
                Gather(u + ((nint)first * paddedRows) + row, paddedRows, terms, gathered);
                AddTermsToPanel(
                    w + ((nint)row * columns), gathered, x + ((nint)first * columns), columns, terms, first > 0 ? 1f : keep);
            }
        }
    }

    private static void AddTermsToPanel(float* w, float* u, float* x, int columns, int terms, float keep)
    {
        var j = 0;
        for (; j <= columns - ColumnsAtOnce; j += ColumnsAtOnce)
        {
            AddTermsToSixColumns(w + (j * PanelRows), u, x + j, columns, AllTerms, terms, keep);
        }

        for (; j < columns; j++)
        {
            AddTermsToColumn(w + (j * PanelRows), u, x + j, columns, terms, keep);
        }
    }

    // Images are dark for the most part: a term whose six columns are zero is left out, which changes no bit.
    [SkipLocalsInit]
    private static void AddListedTerms(float* w, float* u, float* x, int paddedRows, int columns, int terms)
    {
        var listed = stackalloc byte[GroupsAtOnce * TermsAtOnce];
        var counts = stackalloc int[GroupsAtOnce];
        var gathered = stackalloc float[TermsAtOnce * PanelRows];
        for (var first = 0; first < columns; first += GroupsAtOnce * ColumnsAtOnce)
        {
            var width = int.Min(GroupsAtOnce * ColumnsAtOnce, columns - first);
            var groups = width / ColumnsAtOnce;
            ListTerms(x + first, columns, terms, groups, listed, counts);
            for (var row = 0; row < paddedRows; row += PanelRows)
            {
                Gather(u + row, paddedRows, terms, gathered);
                var part = w + ((nint)row * columns) + ((nint)first * PanelRows);
                for (var group = 0; group < groups; group++)
                {
                    var j = group * ColumnsAtOnce;
                    AddTermsToSixColumns(
                        part + (j * PanelRows),
                        gathered,
                        x + first + j,
                        columns,
                        listed + (group * TermsAtOnce),
                        counts[group],
                        keep: 1f);
                }

                for (var j = groups * ColumnsAtOnce; j < width; j++)
                {
                    AddTermsToColumn(part + (j * PanelRows), gathered, x + first + j, columns, terms, keep: 1f);
                }
            }
        }
    }

    [MethodImpl(Hot)]
    private static void ListTerms(float* x, int columns, int terms, int groups, byte* listed, int* counts)
    {
        new Span<int>(counts, groups).Clear();
        for (var k = 0; k < terms; k++, x += columns)
        {
            for (var group = 0; group < groups; group++)
            {
                var six = x + (group * ColumnsAtOnce);
                listed[(group * TermsAtOnce) + counts[group]] = (byte)k;
                var isZero = Vector128.EqualsAll(Vector128.Load(six), default) & Vector128.EqualsAll(Vector128.Load(six + 2), default);
                counts[group] += isZero ? 0 : 1;
            }
        }
    }

    // Rows of u lie a power of two apart, and would push one another out of the cache: so a panel's are gathered.
    private static void Gather(float* u, int paddedRows, int terms, float* gathered)
    {
        for (var k = 0; k < terms; k++, u += paddedRows)
        {
            StorePanel(Vector256.Load(u), Vector256.Load(u + 8), gathered + (k * PanelRows));
        }
    }

    [MethodImpl(Hot)]
    private static void AddTermsToSixColumns(float* w, float* rows, float* values, nint columns, byte* listed, int count, float keep)
    {
        var (a0, b0) = LoadKept(w, keep);
        var (a1, b1) = LoadKept(w + 16, keep);
        var (a2, b2) = LoadKept(w + 32, keep);
        var (a3, b3) = LoadKept(w + 48, keep);
        var (a4, b4) = LoadKept(w + 64, keep);
        var (a5, b5) = LoadKept(w + 80, keep);
        for (var i = 0; i < count; i++)
        {
            nint k = listed[i];
            var u = rows + (k * PanelRows);
            var x = values + (k * columns);
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
