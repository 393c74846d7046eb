using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nudge.Numerics;

// Values are compared by their bits: a NaN that stays is no change, and the copy is always exact.
public static unsafe partial class VectorKernels
{
    /// <summary>Copies, and lists what changed: <c>destination = source</c>.</summary>
    /// <param name="source">New values.</param>
    /// <param name="destination">At least as many old values, overwritten.</param>
    /// <param name="changedIndices">
    /// Room for as many indices as values; receives those, ascending, where any bit differed. The rest is scratch.
    /// </param>
    /// <param name="differences">Room for as many values; receives new − old there. The rest is scratch.</param>
    /// <returns>How many differed.</returns>
    [MethodImpl(Hot)]
    public static int CopyChanged(
        ReadOnlySpan<float> source, Span<float> destination, Span<int> changedIndices, Span<float> differences)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, source.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(changedIndices.Length, source.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(differences.Length, source.Length);
        fixed (float* news = source, olds = destination, changes = differences)
        fixed (int* indices = changedIndices)
        {
            var count = 0;
            var i = 0;
            for (; i <= source.Length - 8; i += 8)
            {
                var fresh = Vector256.Load(news + i);
                var old = Vector256.Load(olds + i);
                var same = Vector256.Equals(fresh.AsInt32(), old.AsInt32());
                var changed = ~same.ExtractMostSignificantBits() & 0xFF;
                if (changed == 0)
                {
                    continue;
                }

                Vector256.Store(fresh, olds + i);
                count += LeftPacking.Store(changed, i, fresh - old, indices + count, changes + count);
            }

            for (; i < source.Length; i++)
            {
                var old = olds[i];
                olds[i] = news[i];
                if (BitConverter.SingleToInt32Bits(news[i]) != BitConverter.SingleToInt32Bits(old))
                {
                    indices[count] = i;
                    changes[count++] = news[i] - old;
                }
            }

            return count;
        }
    }

    /// <summary>Copies, <c>destination = source</c>, and returns whether that changed anything.</summary>
    /// <param name="source">New values.</param>
    /// <param name="destination">At least as many old values, overwritten.</param>
    /// <returns>Whether any bit differed.</returns>
    [MethodImpl(Hot)]
    public static bool CopyDetect(ReadOnlySpan<float> source, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, source.Length);
        fixed (float* news = source, olds = destination)
        {
            var changes = Vector256<int>.Zero;
            var i = 0;
            for (; i <= source.Length - 8; i += 8)
            {
                var fresh = Vector256.Load((int*)(news + i));
                changes |= fresh ^ Vector256.Load((int*)(olds + i));
                Vector256.Store(fresh, (int*)(olds + i));
            }

            var tailChanges = 0;
            for (; i < source.Length; i++)
            {
                tailChanges |= BitConverter.SingleToInt32Bits(news[i]) ^ BitConverter.SingleToInt32Bits(olds[i]);
                olds[i] = news[i];
            }

            return tailChanges != 0 || changes != Vector256<int>.Zero;
        }
    }

    /// <summary>Lists the values that are not zero, for the sparse kernels.</summary>
    /// <param name="source">Values; −0 counts as zero, NaN does not.</param>
    /// <param name="indices">Room for as many indices as values; receives them, ascending. The rest is spare.</param>
    /// <param name="values">Room for as many values; receives those at the indices. The rest is scratch.</param>
    /// <returns>How many there are.</returns>
    [MethodImpl(Hot)]
    public static int ListNonZero(ReadOnlySpan<float> source, Span<int> indices, Span<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(indices.Length, source.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Length, source.Length);
        fixed (float* all = source, found = values)
        fixed (int* places = indices)
        {
            var count = 0;
            var i = 0;
            for (; i <= source.Length - 8; i += 8)
            {
                var eight = Vector256.Load(all + i);
                var zero = Vector256.Equals(eight, Vector256<float>.Zero);
                var listed = ~zero.ExtractMostSignificantBits() & 0xFF;
                if (listed != 0)
                {
                    count += LeftPacking.Store(listed, i, eight, places + count, found + count);
                }
            }

            for (; i < source.Length; i++)
            {
                if (all[i] != 0f)
                {
                    places[count] = i;
                    found[count++] = all[i];
                }
            }

            return count;
        }
    }
}
