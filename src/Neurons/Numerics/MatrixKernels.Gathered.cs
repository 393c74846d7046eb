using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nudge.Numerics;

// As with several lanes, twelve sums fill the registers; here the six columns of values begin wherever the table says, so
// that no value is copied for each window that it lies in.
public static unsafe partial class MatrixKernels
{
    private const int PlacesAtOnce = 6;

    /// <summary>
    /// The products of one panel with windows of x: <c>y[lane, position, ·] = Σ_j W[·, first + j]·x[lane, origin + offset_j]</c>.
    /// </summary>
    /// <remarks>
    /// Order of summation: one sum in ascending order of j. A result's bits depend on its row and its window alone.
    /// </remarks>
    /// <param name="w">Weights.</param>
    /// <param name="panel">Which sixteen rows.</param>
    /// <param name="group">The windows.</param>
    /// <param name="x"><c>lanes · LaneLength</c> values, lane after lane.</param>
    /// <param name="y">
    /// <c>lanes · PositionCount · 16</c> results, of which those of the group's positions are written; padding becomes 0 if x is
    /// finite.
    /// </param>
    /// <param name="lanes">Independent vectors, at least 1.</param>
    public static void MultiplyGathered(
        PanelMatrix w, int panel, GatherGroup group, ReadOnlySpan<float> x, Span<float> y, int lanes)
    {
        RequireGathered(w, panel, group, lanes, y.Length, x.Length);
        fixed (float* weights = w.Storage, source = x, result = y)
        fixed (int* offsets = group.Offsets, pairs = group.Pairs)
        {
            var columns = weights + ((((nint)panel * w.Columns) + group.FirstColumn) * PanelRows);
            var places = new Places(group, pairs, source, result);
            MultiplyWindows(columns, offsets, group.Columns, places, lanes * group.Count);
        }
    }

    private static void MultiplyWindows(float* w, int* offsets, int columns, in Places places, int count)
    {
        var x = stackalloc float*[PlacesAtOnce];
        var y = stackalloc float*[PlacesAtOnce];
        for (var i = 0; i < count;)
        {
            // Blocks may overlap: the results are the same.
            var left = count - i;
            var width = left is 6 or > 8 ? 6 : count >= 4 ? 4 : count >= 2 ? 2 : 1;
            var first = left < width ? count - width : i;
            places.Find(first, width, x, y);
            switch (width)
            {
                case 6:
                    MultiplySixWindows(w, offsets, columns, x, y);
                    break;
                case 4:
                    MultiplyFourWindows(w, offsets, columns, x, y);
                    break;
                default:
                    MultiplyTwoWindows(w, offsets, columns, x[0], x[width - 1], y[0], y[width - 1]);
                    break;
            }

            i = first + width;
        }
    }

    [MethodImpl(Hot)]
    private static void MultiplySixWindows(float* w, int* offsets, int columns, float** x, float** y)
    {
        Vector256<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default;
        Vector256<float> b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default;
        float* x0 = x[0], x1 = x[1], x2 = x[2], x3 = x[3], x4 = x[4], x5 = x[5];
        for (var end = w + ((nint)columns * PanelRows); w < end; w += PanelRows, offsets++)
        {
            nint at = *offsets;
            var upper = Vector256.Load(w);
            var lower = Vector256.Load(w + 8);
            var factor = Vector256.Create(x0[at]);
            a0 = Vector256.FusedMultiplyAdd(upper, factor, a0);
            b0 = Vector256.FusedMultiplyAdd(lower, factor, b0);
            factor = Vector256.Create(x1[at]);
            a1 = Vector256.FusedMultiplyAdd(upper, factor, a1);
            b1 = Vector256.FusedMultiplyAdd(lower, factor, b1);
            factor = Vector256.Create(x2[at]);
            a2 = Vector256.FusedMultiplyAdd(upper, factor, a2);
            b2 = Vector256.FusedMultiplyAdd(lower, factor, b2);
            factor = Vector256.Create(x3[at]);
            a3 = Vector256.FusedMultiplyAdd(upper, factor, a3);
            b3 = Vector256.FusedMultiplyAdd(lower, factor, b3);
            factor = Vector256.Create(x4[at]);
            a4 = Vector256.FusedMultiplyAdd(upper, factor, a4);
            b4 = Vector256.FusedMultiplyAdd(lower, factor, b4);
            factor = Vector256.Create(x5[at]);
            a5 = Vector256.FusedMultiplyAdd(upper, factor, a5);
            b5 = Vector256.FusedMultiplyAdd(lower, factor, b5);
        }

        StorePanel(a0, b0, y[0]);
        StorePanel(a1, b1, y[1]);
        StorePanel(a2, b2, y[2]);
        StorePanel(a3, b3, y[3]);
        StorePanel(a4, b4, y[4]);
        StorePanel(a5, b5, y[5]);
    }

    [MethodImpl(Hot)]
    private static void MultiplyFourWindows(float* w, int* offsets, int columns, float** x, float** y)
    {
        Vector256<float> a0 = default, a1 = default, a2 = default, a3 = default;
        Vector256<float> b0 = default, b1 = default, b2 = default, b3 = default;
        float* x0 = x[0], x1 = x[1], x2 = x[2], x3 = x[3];
        for (var end = w + ((nint)columns * PanelRows); w < end; w += PanelRows, offsets++)
        {
            nint at = *offsets;
            var upper = Vector256.Load(w);
            var lower = Vector256.Load(w + 8);
            var factor = Vector256.Create(x0[at]);
            a0 = Vector256.FusedMultiplyAdd(upper, factor, a0);
            b0 = Vector256.FusedMultiplyAdd(lower, factor, b0);
            factor = Vector256.Create(x1[at]);
            a1 = Vector256.FusedMultiplyAdd(upper, factor, a1);
            b1 = Vector256.FusedMultiplyAdd(lower, factor, b1);
            factor = Vector256.Create(x2[at]);
            a2 = Vector256.FusedMultiplyAdd(upper, factor, a2);
            b2 = Vector256.FusedMultiplyAdd(lower, factor, b2);
            factor = Vector256.Create(x3[at]);
            a3 = Vector256.FusedMultiplyAdd(upper, factor, a3);
            b3 = Vector256.FusedMultiplyAdd(lower, factor, b3);
        }

        StorePanel(a0, b0, y[0]);
        StorePanel(a1, b1, y[1]);
        StorePanel(a2, b2, y[2]);
        StorePanel(a3, b3, y[3]);
    }

    [MethodImpl(Hot)]
    private static void MultiplyTwoWindows(float* w, int* offsets, int columns, float* x0, float* x1, float* y0, float* y1)
    {
        Vector256<float> a0 = default, a1 = default, b0 = default, b1 = default;
        for (var end = w + ((nint)columns * PanelRows); w < end; w += PanelRows, offsets++)
        {
            (a0, b0) = AddColumn(w, x0[*offsets], a0, b0);
            (a1, b1) = AddColumn(w, x1[*offsets], a1, b1);
        }

        StorePanel(a0, b0, y0);
        StorePanel(a1, b1, y1);
    }

    private static void RequireGathered(PanelMatrix w, int panel, GatherGroup group, int lanes, int rowSide, int sourceSide)
    {
        ArgumentNullException.ThrowIfNull(w);
        ArgumentNullException.ThrowIfNull(group);
        ArgumentOutOfRangeException.ThrowIfLessThan(lanes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)panel, (uint)(w.PaddedRows / PanelRows), nameof(panel));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(group.FirstColumn + group.Columns, w.Columns, nameof(group));
        ArgumentOutOfRangeException.ThrowIfLessThan(rowSide, checked(lanes * group.PositionCount * PanelRows));
        ArgumentOutOfRangeException.ThrowIfLessThan(sourceSide, checked(lanes * group.LaneLength));
    }

    /// <summary>Where the windows of a group and their results lie in memory.</summary>
    private readonly struct Places(GatherGroup group, int* pairs, float* x, float* y)
    {
        internal readonly int* Pairs = pairs;
        internal readonly float* X = x;
        internal readonly float* Y = y;
        internal readonly int Count = group.Count;
        internal readonly nint LaneLength = group.LaneLength;
        internal readonly nint LaneResults = (nint)group.PositionCount * PanelRows;

        /// <summary>Finds some windows in the order of lanes and, within them, of the table.</summary>
        internal void Find(int first, int count, float** x, float** y)
        {
            var (lane, i) = Math.DivRem(first, Count);
            for (var k = 0; k < count; k++, i++)
            {
                if (i == Count)
                {
                    (lane, i) = (lane + 1, 0);
                }

                x[k] = X + (lane * LaneLength) + Pairs[2 * i];
                y[k] = Y + (lane * LaneResults) + ((nint)Pairs[(2 * i) + 1] * PanelRows);
            }
        }
    }
}
