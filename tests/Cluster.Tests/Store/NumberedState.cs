using System.Buffers.Binary;

namespace Nudge.Cluster.Tests.Store;

/// <summary>States that hold their number and show whether they are whole.</summary>
internal static class NumberedState
{
    internal static byte[] Make(long number, int length)
    {
        byte[] state = new byte[length];
        ulong word = (ulong)number;
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        for (int at = 0; at < length; at += sizeof(ulong))
        {
            // SplitMix64's step: no two numbers share a word at the same place, and nothing compresses.
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, word);
            bytes[..Math.Min(sizeof(ulong), length - at)].CopyTo(state.AsSpan(at));
            ulong mixed = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
            word = (mixed ^ (mixed >> 27)) + 0x9E3779B97F4A7C15;
        }

        return state;
    }

    /// <summary>The number of a state, every byte of which is checked.</summary>
    internal static long Read(ReadOnlyMemory<byte> state)
    {
        long number = BinaryPrimitives.ReadInt64LittleEndian(state.Span);
        Assert.True(state.Span.SequenceEqual(Make(number, state.Length)), $"the state is not the whole state {number}");
        return number;
    }
}
