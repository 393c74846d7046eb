using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nudge.Randomness;

// Each word lies in the low half of a 64-bit element. Multiplications read that half alone, so what gathers in the
// upper half never has to be cleared.
public static partial class Philox4x32
{
    /// <summary>
    /// Encrypts the counters (first + k, stream), k = 0 … 3, into the bits of <see cref="Encrypt"/>: the first vector
    /// holds the words of k = 0 and 1, the second those of 2 and 3. Only where <see cref="Avx2"/> is supported.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (Vector256<uint> First, Vector256<uint> Second) EncryptFour(ulong first, ulong stream, ulong seed)
    {
        // In this order the unpacking below leaves the words in the order of their counters.
        var a = Vector256.Create(first) + Vector256.Create(0UL, 2UL, 1UL, 3UL);
        var b = a >>> 32;
        var c = Vector256.Create(stream);
        var d = c >>> 32;
        var multiplierA = Vector256.Create((ulong)MultiplierA).AsUInt32();
        var multiplierB = Vector256.Create((ulong)MultiplierB).AsUInt32();
        var key0 = (uint)seed;
        var key1 = (uint)(seed >> 32);
        for (var round = 0; round < Rounds; round++)
        {
            var left = Avx2.Multiply(a.AsUInt32(), multiplierA);
            var right = Avx2.Multiply(c.AsUInt32(), multiplierB);
            (a, b, c, d) = (
                (right >>> 32) ^ b ^ Vector256.Create((ulong)key0), right,
                (left >>> 32) ^ d ^ Vector256.Create((ulong)key1), left);
            key0 += WeylA;
            key1 += WeylB;
        }

        var ab = Avx2.Blend(a.AsUInt32(), (b << 32).AsUInt32(), 0b1010_1010).AsUInt64();
        var cd = Avx2.Blend(c.AsUInt32(), (d << 32).AsUInt32(), 0b1010_1010).AsUInt64();
        return (Avx2.UnpackLow(ab, cd).AsUInt32(), Avx2.UnpackHigh(ab, cd).AsUInt32());
    }
}
