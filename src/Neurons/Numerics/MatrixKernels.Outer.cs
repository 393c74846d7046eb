using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nudge.Numerics;

/// <content>Updates of rank one and more: the Hebbian product of what the two ends of each synapse saw.</content>
public static partial class MatrixKernels
{
    /// <summary>W ← keep·W + Σ_k u_k ⊗ x_k, the terms added in the order of k.</summary>
    /// <param name="w">rows × columns.</param>
    /// <param name="u">rank × padded rows; zero in the padding.</param>
    /// <param name="x">rank × columns.</param>
    /// <param name="rank">Number of terms.</param>
    /// <param name="keep">Share of each weight that stays.</param>
    public static void AddOuter(
        PanelMatrix w, ReadOnlySpan<float> u, ReadOnlySpan<float> x, int rank, float keep = 1f)
    {
        ArgumentNullException.ThrowIfNull(w);
        ArgumentOutOfRangeException.ThrowIfNotEqual(u.Length, rank * w.PaddedRows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(x.Length, rank * w.Columns);
        ref float weights = ref w.Origin;
        ref float input = ref MemoryMarshal.GetReference(x);
        for (int row = 0; row < w.PaddedRows; row += Panel)
        {
            ref float post = ref Unsafe.Add(ref MemoryMarshal.GetReference(u), row);
            int j = 0;
            if (rank > 1)
            {
                for (; j + 6 <= w.Columns; j += 6)
                    AddSixColumns(ref weights, ref post, ref input, j, rank, w.PaddedRows, w.Columns, keep);
            }

            AddColumns(ref weights, ref post, ref input, j, rank, w.PaddedRows, w.Columns, keep);
            weights = ref Unsafe.Add(ref weights, w.Columns * Panel);
        }
    }

    /// <summary>W[·, columns_k] ← W[·, columns_k] + u·values_k: a rank-one update that leaves silent sources alone.</summary>
    /// <param name="w">rows × columns.</param>
    /// <param name="u">Padded rows; zero in the padding.</param>
    /// <param name="columns">Columns with a value, ascending.</param>
    /// <param name="values">Their values.</param>
    public static void AddOuterSparse(
        PanelMatrix w, ReadOnlySpan<float> u, ReadOnlySpan<int> columns, ReadOnlySpan<float> values)
    {
        CheckSparse(w, columns, values, u.Length);
        ref float weights = ref w.Origin;
        ref int column = ref MemoryMarshal.GetReference(columns);
        ref float value = ref MemoryMarshal.GetReference(values);
        for (int row = 0; row < w.PaddedRows; row += Panel)
        {
            ref float post = ref Unsafe.Add(ref MemoryMarshal.GetReference(u), row);
            Vector256<float> low = Vector256.LoadUnsafe(ref post);
            Vector256<float> high = Vector256.LoadUnsafe(ref post, 8);
            for (int k = 0; k < columns.Length; k++)
            {
                ref float place = ref Unsafe.Add(ref weights, Unsafe.Add(ref column, k) * Panel);
                AddTerm(ref place, low, high, Vector256.Create(Unsafe.Add(ref value, k)));
            }

            weights = ref Unsafe.Add(ref weights, w.Columns * Panel);
        }
    }

    private static void AddColumns(
        ref float weights, ref float post, ref float input, int from, int rank, int stride, int columns, float keep)
    {
        for (int k = 0; k < rank; k++)
        {
            Vector256<float> low = Vector256.LoadUnsafe(ref post, (nuint)(k * stride));
            Vector256<float> high = Vector256.LoadUnsafe(ref post, (nuint)(k * stride) + 8);
            ref float x = ref Unsafe.Add(ref input, k * columns);
            bool decays = k == 0 && keep != 1;
            for (int j = from; j < columns; j++)
            {
                ref float place = ref Unsafe.Add(ref weights, j * Panel);
                if (decays)
                {
                    (Vector256.LoadUnsafe(ref place) * keep).StoreUnsafe(ref place);
                    (Vector256.LoadUnsafe(ref place, 8) * keep).StoreUnsafe(ref place, 8);
                }

                AddTerm(ref place, low, high, Vector256.Create(Unsafe.Add(ref x, j)));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTerm(ref float place, Vector256<float> low, Vector256<float> high, Vector256<float> x)
    {
        Vector256.FusedMultiplyAdd(low, x, Vector256.LoadUnsafe(ref place)).StoreUnsafe(ref place);
        Vector256.FusedMultiplyAdd(high, x, Vector256.LoadUnsafe(ref place, 8)).StoreUnsafe(ref place, 8);
    }

    private static void AddSixColumns(
        ref float weights, ref float post, ref float input, int from, int rank, int stride, int columns, float keep)
    {
        ref float place = ref Unsafe.Add(ref weights, from * Panel);
        Vector256<float> factor = Vector256.Create(keep);
        Vector256<float> a0 = Vector256.LoadUnsafe(ref place), b0 = Vector256.LoadUnsafe(ref place, 8);
        Vector256<float> a1 = Vector256.LoadUnsafe(ref place, 16), b1 = Vector256.LoadUnsafe(ref place, 24);
        Vector256<float> a2 = Vector256.LoadUnsafe(ref place, 32), b2 = Vector256.LoadUnsafe(ref place, 40);
        Vector256<float> a3 = Vector256.LoadUnsafe(ref place, 48), b3 = Vector256.LoadUnsafe(ref place, 56);
        Vector256<float> a4 = Vector256.LoadUnsafe(ref place, 64), b4 = Vector256.LoadUnsafe(ref place, 72);
        Vector256<float> a5 = Vector256.LoadUnsafe(ref place, 80), b5 = Vector256.LoadUnsafe(ref place, 88);
        if (keep != 1)
        {
            (a0, b0, a1, b1) = (a0 * factor, b0 * factor, a1 * factor, b1 * factor);
            (a2, b2, a3, b3) = (a2 * factor, b2 * factor, a3 * factor, b3 * factor);
            (a4, b4, a5, b5) = (a4 * factor, b4 * factor, a5 * factor, b5 * factor);
        }

        ref float x = ref Unsafe.Add(ref input, from);
        for (int k = 0; k < rank; k++)
        {
            Vector256<float> low = Vector256.LoadUnsafe(ref post);
            Vector256<float> high = Vector256.LoadUnsafe(ref post, 8);
            Vector256<float> value = Vector256.Create(x);
            a0 = Vector256.FusedMultiplyAdd(low, value, a0);
            b0 = Vector256.FusedMultiplyAdd(high, value, b0);
            value = Vector256.Create(Unsafe.Add(ref x, 1));
            a1 = Vector256.FusedMultiplyAdd(low, value, a1);
            b1 = Vector256.FusedMultiplyAdd(high, value, b1);
            value = Vector256.Create(Unsafe.Add(ref x, 2));
            a2 = Vector256.FusedMultiplyAdd(low, value, a2);
            b2 = Vector256.FusedMultiplyAdd(high, value, b2);
            value = Vector256.Create(Unsafe.Add(ref x, 3));
            a3 = Vector256.FusedMultiplyAdd(low, value, a3);
            b3 = Vector256.FusedMultiplyAdd(high, value, b3);
            value = Vector256.Create(Unsafe.Add(ref x, 4));
            a4 = Vector256.FusedMultiplyAdd(low, value, a4);
            b4 = Vector256.FusedMultiplyAdd(high, value, b4);
            value = Vector256.Create(Unsafe.Add(ref x, 5));
            a5 = Vector256.FusedMultiplyAdd(low, value, a5);
            b5 = Vector256.FusedMultiplyAdd(high, value, b5);
            post = ref Unsafe.Add(ref post, stride);
            x = ref Unsafe.Add(ref x, columns);
        }

        Store(ref place, 0, a0, b0);
        Store(ref place, 16, a1, b1);
        Store(ref place, 32, a2, b2);
        Store(ref place, 48, a3, b3);
        Store(ref place, 64, a4, b4);
        Store(ref place, 80, a5, b5);
    }
}
