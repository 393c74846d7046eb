using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nudge.Numerics;

/// <summary>
/// Products with a panel matrix. Every sum has an order of its own that no processor changes: with one lane each row adds
/// four interleaved partial sums over its columns, (p0 + p1) + (p2 + p3); with several lanes each row and lane adds its
/// columns one after another. Every step is one fused multiply-add. A row's result does not depend on the other rows.
/// </summary>
public static partial class MatrixKernels
{
    private const int Panel = PanelMatrix.PanelRows;

    /// <summary>y = W·x for each lane.</summary>
    /// <param name="w">rows × columns.</param>
    /// <param name="x">lanes × columns.</param>
    /// <param name="y">lanes × padded rows.</param>
    /// <param name="lanes">Number of lanes.</param>
    public static void Multiply(PanelMatrix w, ReadOnlySpan<float> x, Span<float> y, int lanes)
    {
        ArgumentNullException.ThrowIfNull(w);
        ArgumentOutOfRangeException.ThrowIfNotEqual(x.Length, lanes * w.Columns);
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, lanes * w.PaddedRows);
        if (lanes == 1)
            MultiplyOne(w, x, y);
        else
            MultiplyLanes(w, x, y, lanes);
    }

    /// <summary>y = Σ_k W[·, columns_k]·values_k, for one lane.</summary>
    /// <param name="w">rows × columns.</param>
    /// <param name="columns">Columns with a value, ascending.</param>
    /// <param name="values">Their values.</param>
    /// <param name="y">Padded rows.</param>
    public static void MultiplySparse(
        PanelMatrix w, ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<float> y)
    {
        y.Clear();
        AddSparse(w, columns, values, y);
    }

    /// <summary>y ← y + Σ_k W[·, columns_k]·values_k, for one lane: the incremental current.</summary>
    /// <param name="w">rows × columns.</param>
    /// <param name="columns">Columns with a value, ascending.</param>
    /// <param name="values">Their values.</param>
    /// <param name="y">Padded rows.</param>
    public static void AddSparse(
        PanelMatrix w, ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<float> y)
    {
        CheckSparse(w, columns, values, y.Length);
        ref float weights = ref w.Origin;
        ref float sum = ref MemoryMarshal.GetReference(y);
        ref int column = ref MemoryMarshal.GetReference(columns);
        ref float value = ref MemoryMarshal.GetReference(values);
        int count = columns.Length;
        for (int row = 0; row < w.PaddedRows; row += Panel)
        {
            Vector256<float> a0 = Vector256<float>.Zero, a1 = a0, a2 = a0, a3 = a0;
            Vector256<float> b0 = a0, b1 = a0, b2 = a0, b3 = a0;
            int k = 0;
            for (; k + 4 <= count; k += 4)
            {
                Accumulate(ref weights, ref column, ref value, k, ref a0, ref b0);
                Accumulate(ref weights, ref column, ref value, k + 1, ref a1, ref b1);
                Accumulate(ref weights, ref column, ref value, k + 2, ref a2, ref b2);
                Accumulate(ref weights, ref column, ref value, k + 3, ref a3, ref b3);
            }

            if (k < count)
                Accumulate(ref weights, ref column, ref value, k, ref a0, ref b0);
            if (k + 1 < count)
                Accumulate(ref weights, ref column, ref value, k + 1, ref a1, ref b1);
            if (k + 2 < count)
                Accumulate(ref weights, ref column, ref value, k + 2, ref a2, ref b2);
            ref float target = ref Unsafe.Add(ref sum, row);
            (Vector256.LoadUnsafe(ref target) + ((a0 + a1) + (a2 + a3))).StoreUnsafe(ref target);
            (Vector256.LoadUnsafe(ref target, 8) + ((b0 + b1) + (b2 + b3))).StoreUnsafe(ref target, 8);
            weights = ref Unsafe.Add(ref weights, w.Columns * Panel);
        }
    }

    private static void MultiplyOne(PanelMatrix w, ReadOnlySpan<float> x, Span<float> y)
    {
        ref float weights = ref w.Origin;
        ref float input = ref MemoryMarshal.GetReference(x);
        ref float output = ref MemoryMarshal.GetReference(y);
        int columns = w.Columns;
        for (int row = 0; row < w.PaddedRows; row += Panel)
        {
            Vector256<float> a0 = Vector256<float>.Zero, a1 = a0, a2 = a0, a3 = a0;
            Vector256<float> b0 = a0, b1 = a0, b2 = a0, b3 = a0;
            int j = 0;
            for (; j + 4 <= columns; j += 4)
            {
                Accumulate(ref weights, ref input, j, ref a0, ref b0);
                Accumulate(ref weights, ref input, j + 1, ref a1, ref b1);
                Accumulate(ref weights, ref input, j + 2, ref a2, ref b2);
                Accumulate(ref weights, ref input, j + 3, ref a3, ref b3);
            }

            if (j < columns)
                Accumulate(ref weights, ref input, j, ref a0, ref b0);
            if (j + 1 < columns)
                Accumulate(ref weights, ref input, j + 1, ref a1, ref b1);
            if (j + 2 < columns)
                Accumulate(ref weights, ref input, j + 2, ref a2, ref b2);
            ((a0 + a1) + (a2 + a3)).StoreUnsafe(ref output, (nuint)row);
            ((b0 + b1) + (b2 + b3)).StoreUnsafe(ref output, (nuint)row + 8);
            weights = ref Unsafe.Add(ref weights, columns * Panel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(
        ref float weights, ref float input, int j, ref Vector256<float> low, ref Vector256<float> high)
    {
        Vector256<float> x = Vector256.Create(Unsafe.Add(ref input, j));
        low = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref weights, (nuint)j * Panel), x, low);
        high = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref weights, ((nuint)j * Panel) + 8), x, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(
        ref float weights, ref int column, ref float value, int k, ref Vector256<float> low, ref Vector256<float> high)
    {
        Vector256<float> x = Vector256.Create(Unsafe.Add(ref value, k));
        nuint place = (nuint)Unsafe.Add(ref column, k) * Panel;
        low = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref weights, place), x, low);
        high = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref weights, place + 8), x, high);
    }

    private static void CheckSparse(PanelMatrix w, ReadOnlySpan<int> columns, ReadOnlySpan<float> values, int rows)
    {
        ArgumentNullException.ThrowIfNull(w);
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, columns.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows, w.PaddedRows);
        // Ascending columns are within the matrix if their ends are.
        if (columns.Length > 0 && (columns[0] < 0 || columns[^1] >= w.Columns))
            throw new ArgumentOutOfRangeException(nameof(columns));
    }
}
