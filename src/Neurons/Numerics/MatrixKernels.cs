using System.Runtime.CompilerServices;

namespace Nudge.Numerics;

/// <summary>
/// Products and updates of a <see cref="PanelMatrix"/>. Every kernel fuses each multiplication with its addition and
/// sums in the order stated at it, so that the bits are the same on every processor.
/// </summary>
/// <remarks>
/// No kernel allocates. Lengths are checked once at the entry, and may exceed what is needed. A sum starts from +0.
/// Operands must not overlap.
/// </remarks>
public static unsafe partial class MatrixKernels
{
    private const int PanelRows = PanelMatrix.PanelRows;

    // Kernels run in short bursts from the first step on: waiting for the runtime to find them hot costs threefold.
    private const MethodImplOptions Hot = MethodImplOptions.AggressiveOptimization;

    private static void RequireLanes(PanelMatrix w, int lanes, int rowSide, int columnSide)
    {
        ArgumentNullException.ThrowIfNull(w);
        ArgumentOutOfRangeException.ThrowIfLessThan(lanes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rowSide, checked(lanes * w.PaddedRows));
        ArgumentOutOfRangeException.ThrowIfLessThan(columnSide, checked(lanes * w.Columns));
    }

    private static void RequireEntries(
        PanelMatrix w, int rowSide, ReadOnlySpan<int> indices, ReadOnlySpan<float> values)
    {
        ArgumentNullException.ThrowIfNull(w);
        ArgumentOutOfRangeException.ThrowIfLessThan(rowSide, w.PaddedRows);
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Length, indices.Length);

        // The sign bit gathers every index below zero or beyond the last column.
        var outside = 0;
        var last = w.Columns - 1;
        foreach (var index in indices)
        {
            outside |= index | (last - index);
        }

        ArgumentOutOfRangeException.ThrowIfNegative(outside, nameof(indices));
    }
}
