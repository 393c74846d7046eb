using System.Runtime.CompilerServices;

namespace Nudge.Randomness;

/// <summary>
/// Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011): a keyed bijection of 128-bit counters. Any draw is had at once from
/// its number, so no draw depends on the order of execution.
/// </summary>
public static partial class Philox4x32
{
    private const uint MultiplierA = 0xD2511F53;
    private const uint MultiplierB = 0xCD9E8D57;
    private const uint WeylA = 0x9E3779B9;
    private const uint WeylB = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>Encrypts one counter.</summary>
    /// <param name="counter">Four words.</param>
    /// <param name="key0">First word of the key.</param>
    /// <param name="key1">Second word of the key.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RandomBlock Encrypt(RandomBlock counter, uint key0, uint key1)
    {
        (uint a, uint b, uint c, uint d) = counter;
        for (int round = 0; round < Rounds; round++)
        {
            ulong first = (ulong)MultiplierA * a;
            ulong second = (ulong)MultiplierB * c;
            (a, b, c, d) = (
                (uint)(second >> 32) ^ b ^ key0, (uint)second, (uint)(first >> 32) ^ d ^ key1, (uint)first);
            key0 += WeylA;
            key1 += WeylB;
        }

        return new(a, b, c, d);
    }
}
