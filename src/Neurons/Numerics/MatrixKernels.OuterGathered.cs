using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nudge.Numerics;

// The update of weights that read windows: as for terms of a dense update, six columns of weights stay in registers while all windows pass.
public static unsafe partial class MatrixKernels
{
    private const int TermsOfARound = 256;

    /// <summary>
    /// The update that belongs to <see cref="MultiplyGathered"/>: <c>W[i, first + j] = keep·W[i, first + j] +
    /// Σ_(lane, position) u[lane, position, i]·x[lane, origin + offset_j]</c> in one panel.
    /// </summary>
    /// <remarks>
    /// Order of summation: the kept weight, rounded by itself, then the terms in ascending order of lane and, within it, of the
    /// table, each fused.
    /// </remarks>
    /// <param name="w">Weights.</param>
    /// <param name="panel">Which sixteen rows.</param>
    /// <param name="group">The windows.</param>
    /// <param name="u"><c>lanes · PositionCount · 16</c> values of these rows; those of the padding must be 0.</param>
    /// <param name="x"><c>lanes · LaneLength</c> values, lane after lane; they must be finite.</param>
    /// <param name="lanes">Lanes of the sum, at least 1.</param>
    /// <param name="keep">What is kept of the old weights: 1, or less for decay.</param>
    public static void AddOuterGathered(
        PanelMatrix w, int panel, GatherGroup group, ReadOnlySpan<float> u, ReadOnlySpan<float> x, int lanes, float keep)
    {
        RequireGathered(w, panel, group, lanes, u.Length, x.Length);
        fixed (float* weights = w.Storage, rows = u, source = x)
        fixed (int* offsets = group.Offsets, pairs = group.Pairs)
        {
            var columns = weights + ((((nint)panel * w.Columns) + group.FirstColumn) * PanelRows);

            // The terms of one round stay in the first-level cache while all columns pass by.
            var round = int.Max(1, TermsOfARound / group.Count);
            for (var lane = 0; lane < lanes; lane += round)
            {
                var places = new Places(
                    group,
                    pairs,
                    source + ((nint)lane * group.LaneLength),
                    rows + ((nint)lane * group.PositionCount * PanelRows));
                AddWindows(columns, offsets, group.Columns, places, int.Min(round, lanes - lane), lane == 0 ? keep : 1f);
            }
        }
    }

    private static void AddWindows(float* w, int* offsets, int columns, in Places places, int lanes, float keep)
    {
        var j = 0;
        for (; j <= columns - ColumnsAtOnce; j += ColumnsAtOnce)
        {
            AddWindowsToSixColumns(w + ((nint)j * PanelRows), offsets + j, places, lanes, keep);
        }

        for (; j < columns; j++)
        {
            AddWindowsToColumn(w + ((nint)j * PanelRows), offsets[j], places, lanes, keep);
        }
    }

    [MethodImpl(Hot)]
    private static void AddWindowsToSixColumns(float* w, int* offsets, in Places places, int lanes, float keep)
    {
        var (a0, b0) = LoadKept(w, keep);
        var (a1, b1) = LoadKept(w + 16, keep);
        var (a2, b2) = LoadKept(w + 32, keep);
        var (a3, b3) = LoadKept(w + 48, keep);
        var (a4, b4) = LoadKept(w + 64, keep);
        var (a5, b5) = LoadKept(w + 80, keep);
        nint o0 = offsets[0], o1 = offsets[1], o2 = offsets[2], o3 = offsets[3], o4 = offsets[4], o5 = offsets[5];
        var source = places.X;
        var rows = places.Y;
        var end = places.Pairs + (2 * places.Count);
        for (var lane = 0; lane < lanes; lane++, source += places.LaneLength, rows += places.LaneResults)
        {
            for (var pair = places.Pairs; pair < end; pair += 2)
            {
                var x = source + pair[0];
                var u = rows + ((nint)pair[1] * PanelRows);
                var upper = Vector256.Load(u);
                var lower = Vector256.Load(u + 8);
                var factor = Vector256.Create(x[o0]);
                a0 = Vector256.FusedMultiplyAdd(upper, factor, a0);
                b0 = Vector256.FusedMultiplyAdd(lower, factor, b0);
                factor = Vector256.Create(x[o1]);
                a1 = Vector256.FusedMultiplyAdd(upper, factor, a1);
                b1 = Vector256.FusedMultiplyAdd(lower, factor, b1);
                factor = Vector256.Create(x[o2]);
                a2 = Vector256.FusedMultiplyAdd(upper, factor, a2);
                b2 = Vector256.FusedMultiplyAdd(lower, factor, b2);
                factor = Vector256.Create(x[o3]);
                a3 = Vector256.FusedMultiplyAdd(upper, factor, a3);
                b3 = Vector256.FusedMultiplyAdd(lower, factor, b3);
                factor = Vector256.Create(x[o4]);
                a4 = Vector256.FusedMultiplyAdd(upper, factor, a4);
                b4 = Vector256.FusedMultiplyAdd(lower, factor, b4);
                factor = Vector256.Create(x[o5]);
                a5 = Vector256.FusedMultiplyAdd(upper, factor, a5);
                b5 = Vector256.FusedMultiplyAdd(lower, factor, b5);
            }
        }

        StorePanel(a0, b0, w);
        StorePanel(a1, b1, w + 16);
        StorePanel(a2, b2, w + 32);
        StorePanel(a3, b3, w + 48);
        StorePanel(a4, b4, w + 64);
        StorePanel(a5, b5, w + 80);
    }

    [MethodImpl(Hot)]
    private static void AddWindowsToColumn(float* w, nint offset, in Places places, int lanes, float keep)
    {
        var (a, b) = LoadKept(w, keep);
        var source = places.X + offset;
        var rows = places.Y;
        for (var lane = 0; lane < lanes; lane++, source += places.LaneLength, rows += places.LaneResults)
        {
            for (var i = 0; i < places.Count; i++)
            {
                var pair = places.Pairs + (2 * i);
                (a, b) = AddColumn(rows + ((nint)pair[1] * PanelRows), source[pair[0]], a, b);
            }
        }

        StorePanel(a, b, w);
    }
}
