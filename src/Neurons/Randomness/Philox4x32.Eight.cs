using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nudge.Randomness;

// Each word lies in the low half of a 64-bit element. Multiplications read that half alone, so what gathers in the
// upper half never has to be cleared. A round waits for its multiplications: so two groups of four go side by side.
public static partial class Philox4x32
{
    /// <summary>
    /// Encrypts the counters (first + k, stream), k = 0 … 7, into the bits of <see cref="Encrypt"/>, the words of two
    /// counters in each vector. Only where <see cref="Avx2"/> is supported.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (Vector256<uint> Of01, Vector256<uint> Of23, Vector256<uint> Of45, Vector256<uint> Of67)
        EncryptEight(ulong first, ulong stream, ulong seed)
    {
        // In this order the unpacking below leaves the words in the order of their counters.
        var a = Vector256.Create(first) + Vector256.Create(0UL, 2UL, 1UL, 3UL);
        var e = a + Vector256.Create(4UL);
        var (b, f) = (a >>> 32, e >>> 32);
        var (c, g) = (Vector256.Create(stream), Vector256.Create(stream));
        var (d, h) = (c >>> 32, g >>> 32);
        var key0 = Vector256.Create(seed);
        var key1 = key0 >>> 32;
        for (var round = 0; round < Rounds; round++)
        {
            (a, b, c, d) = Mix(a, b, c, d, key0, key1);
            (e, f, g, h) = Mix(e, f, g, h, key0, key1);
            key0 += Vector256.Create((ulong)WeylA);
            key1 += Vector256.Create((ulong)WeylB);
        }

        var (ab, cd) = (Interleave(a, b), Interleave(c, d));
        var (ef, gh) = (Interleave(e, f), Interleave(g, h));
        return (
            Avx2.UnpackLow(ab, cd).AsUInt32(), Avx2.UnpackHigh(ab, cd).AsUInt32(),
            Avx2.UnpackLow(ef, gh).AsUInt32(), Avx2.UnpackHigh(ef, gh).AsUInt32());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<ulong> A, Vector256<ulong> B, Vector256<ulong> C, Vector256<ulong> D) Mix(
        Vector256<ulong> a,
        Vector256<ulong> b,
        Vector256<ulong> c,
        Vector256<ulong> d,
        Vector256<ulong> key0,
        Vector256<ulong> key1)
    {
        var first = Avx2.Multiply(a.AsUInt32(), Vector256.Create((ulong)MultiplierA).AsUInt32());
        var second = Avx2.Multiply(c.AsUInt32(), Vector256.Create((ulong)MultiplierB).AsUInt32());
        return ((second >>> 32) ^ (b ^ key0), second, (first >>> 32) ^ (d ^ key1), first);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Interleave(Vector256<ulong> even, Vector256<ulong> odd) =>
        Avx2.Blend(even.AsUInt32(), (odd << 32).AsUInt32(), 0b1010_1010).AsUInt64();
}
