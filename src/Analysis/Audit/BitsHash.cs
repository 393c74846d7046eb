using System.Numerics;
using System.Runtime.InteropServices;

namespace Nudge.Audit;

/// <summary>A hash of the bits of numbers, to detect whether they changed.</summary>
internal static class BitsHash
{
    private const ulong Factor = 0x9E3779B97F4A7C15;

    internal static ulong Of(ReadOnlySpan<float> values, ulong seed = 1)
    {
        ReadOnlySpan<ulong> pairs = MemoryMarshal.Cast<float, ulong>(values);
        foreach (ulong pair in pairs)
            seed = Mix(seed, pair);
        return values.Length % 2 == 0 ? seed : Mix(seed, BitConverter.SingleToUInt32Bits(values[^1]));
    }

    internal static ulong Mix(ulong hash, ulong word) => BitOperations.RotateLeft((hash ^ word) * Factor, 29);
}
