using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nudge.Numerics;

/// <summary>Moves marked elements of a vector to its front: lists are written without a branch per element.</summary>
internal static unsafe class LeftPacking
{
    // For each of the 256 masks, the places of its bits in ascending order, a byte each.
    private static readonly ulong[] Orders = ListOrders();

    /// <summary>Writes the marked elements and their places.</summary>
    /// <param name="marked">A bit for each of the eight elements.</param>
    /// <param name="first">Place of the first element.</param>
    /// <param name="values">Eight values.</param>
    /// <param name="places">Room for eight places, whatever the mask.</param>
    /// <param name="target">Room for eight values, whatever the mask.</param>
    /// <returns>How many are marked.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Store(uint marked, int first, Vector256<float> values, int* places, float* target)
    {
        var bytes = Vector128.WidenLower(Vector128.CreateScalarUnsafe(Orders[(byte)marked]).AsByte());
        var order = Vector256.Create(Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes)).AsInt32();
        Vector256.Store(order + Vector256.Create(first), places);
        Vector256.Store(Vector256.ShuffleNative(values, order), target);
        return BitOperations.PopCount(marked);
    }

    private static ulong[] ListOrders()
    {
        var orders = new ulong[256];
        for (var mask = 0; mask < orders.Length; mask++)
        {
            var shift = 0;
            for (var place = 0; place < 8; place++)
            {
                if ((mask & (1 << place)) != 0)
                {
                    orders[mask] |= (ulong)place << shift;
                    shift += 8;
                }
            }
        }

        return orders;
    }
}
