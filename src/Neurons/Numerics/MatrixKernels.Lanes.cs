using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nudge.Numerics;

/// <content>Several lanes at once: blocks of 16 rows × 6 lanes fill the twelve registers that the sums may have.</content>
public static partial class MatrixKernels
{
    private static void MultiplyLanes(PanelMatrix w, ReadOnlySpan<float> x, Span<float> y, int lanes)
    {
        int columns = w.Columns;
        int stride = w.PaddedRows;
        ref float weights = ref w.Origin;
        for (int row = 0; row < stride; row += Panel)
        {
            ref float input = ref MemoryMarshal.GetReference(x);
            ref float output = ref Unsafe.Add(ref MemoryMarshal.GetReference(y), row);
            int lane = 0;
            for (; lane + 6 <= lanes; lane += 6)
            {
                SixLanes(ref weights, ref input, ref output, columns, stride);
                input = ref Unsafe.Add(ref input, 6 * columns);
                output = ref Unsafe.Add(ref output, 6 * stride);
            }

            for (; lane + 2 <= lanes; lane += 2)
            {
                TwoLanes(ref weights, ref input, ref output, columns, stride);
                input = ref Unsafe.Add(ref input, 2 * columns);
                output = ref Unsafe.Add(ref output, 2 * stride);
            }

            if (lane < lanes)
                OneLane(ref weights, ref input, ref output, columns);
            weights = ref Unsafe.Add(ref weights, columns * Panel);
        }
    }

    private static void SixLanes(ref float weights, ref float input, ref float output, int columns, int stride)
    {
        Vector256<float> a0 = Vector256<float>.Zero, a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0;
        Vector256<float> b0 = a0, b1 = a0, b2 = a0, b3 = a0, b4 = a0, b5 = a0;
        ref float x1 = ref Unsafe.Add(ref input, columns);
        ref float x2 = ref Unsafe.Add(ref x1, columns);
        ref float x3 = ref Unsafe.Add(ref x2, columns);
        ref float x4 = ref Unsafe.Add(ref x3, columns);
        ref float x5 = ref Unsafe.Add(ref x4, columns);
        for (nuint j = 0; j < (nuint)columns; j++)
        {
            Vector256<float> low = Vector256.LoadUnsafe(ref weights, j * Panel);
            Vector256<float> high = Vector256.LoadUnsafe(ref weights, (j * Panel) + 8);
            Vector256<float> x = Vector256.Create(Unsafe.Add(ref input, j));
            a0 = Vector256.FusedMultiplyAdd(low, x, a0);
            b0 = Vector256.FusedMultiplyAdd(high, x, b0);
            x = Vector256.Create(Unsafe.Add(ref x1, j));
            a1 = Vector256.FusedMultiplyAdd(low, x, a1);
            b1 = Vector256.FusedMultiplyAdd(high, x, b1);
            x = Vector256.Create(Unsafe.Add(ref x2, j));
            a2 = Vector256.FusedMultiplyAdd(low, x, a2);
            b2 = Vector256.FusedMultiplyAdd(high, x, b2);
            x = Vector256.Create(Unsafe.Add(ref x3, j));
            a3 = Vector256.FusedMultiplyAdd(low, x, a3);
            b3 = Vector256.FusedMultiplyAdd(high, x, b3);
            x = Vector256.Create(Unsafe.Add(ref x4, j));
            a4 = Vector256.FusedMultiplyAdd(low, x, a4);
            b4 = Vector256.FusedMultiplyAdd(high, x, b4);
            x = Vector256.Create(Unsafe.Add(ref x5, j));
            a5 = Vector256.FusedMultiplyAdd(low, x, a5);
            b5 = Vector256.FusedMultiplyAdd(high, x, b5);
        }

        Store(ref output, 0, a0, b0);
        Store(ref output, stride, a1, b1);
        Store(ref output, 2 * stride, a2, b2);
        Store(ref output, 3 * stride, a3, b3);
        Store(ref output, 4 * stride, a4, b4);
        Store(ref output, 5 * stride, a5, b5);
    }

    private static void TwoLanes(ref float weights, ref float input, ref float output, int columns, int stride)
    {
        Vector256<float> a0 = Vector256<float>.Zero, a1 = a0, b0 = a0, b1 = a0;
        ref float second = ref Unsafe.Add(ref input, columns);
        for (nuint j = 0; j < (nuint)columns; j++)
        {
            Vector256<float> low = Vector256.LoadUnsafe(ref weights, j * Panel);
            Vector256<float> high = Vector256.LoadUnsafe(ref weights, (j * Panel) + 8);
            Vector256<float> x = Vector256.Create(Unsafe.Add(ref input, j));
            a0 = Vector256.FusedMultiplyAdd(low, x, a0);
            b0 = Vector256.FusedMultiplyAdd(high, x, b0);
            x = Vector256.Create(Unsafe.Add(ref second, j));
            a1 = Vector256.FusedMultiplyAdd(low, x, a1);
            b1 = Vector256.FusedMultiplyAdd(high, x, b1);
        }

        Store(ref output, 0, a0, b0);
        Store(ref output, stride, a1, b1);
    }

    private static void OneLane(ref float weights, ref float input, ref float output, int columns)
    {
        Vector256<float> a = Vector256<float>.Zero, b = a;
        for (int j = 0; j < columns; j++)
            Accumulate(ref weights, ref input, j, ref a, ref b);
        Store(ref output, 0, a, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref float output, int offset, Vector256<float> low, Vector256<float> high)
    {
        low.StoreUnsafe(ref output, (nuint)offset);
        high.StoreUnsafe(ref output, (nuint)offset + 8);
    }
}
