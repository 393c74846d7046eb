using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Nudge.Store;

/// <summary>The events of one snapshot in their order. The parts are views of the given memory.</summary>
internal sealed class StateParts(
    int incarnation, long generation, ReadOnlyMemory<byte> state, int partLength = StateChunk.MaximumLength, int epoch = 0, string place = "")
{
    private ReadOnlyMemory<byte> _left = state;
    private byte[] _checksum = [];
    private int _parts;

    /// <summary>Where the parts go among the files of the store; empty where they are events of the journal.</summary>
    internal string Place => place;

    /// <summary>The next part, or the completion after the last one.</summary>
    internal IStoreEvent Next()
    {
        if (_left.IsEmpty)
        {
            return new StateComplete(incarnation, generation, _parts, StateChecksum.Close(_checksum, epoch))
            {
                Epoch = epoch,
                Place = place,
            };
        }

        ReadOnlyMemory<byte> part = _left[..Math.Min(_left.Length, partLength)];
        _left = _left[part.Length..];
        _checksum = StateChecksum.Extend(_checksum, part.Span);
        return new StateChunk(incarnation, generation, _parts++, part);
    }
}

/// <summary>
/// The checksum of a snapshot, grown part by part: c ← SHA-256(c ‖ SHA-256(part)), from nothing. The order of
/// the parts is covered.
/// </summary>
internal static class StateChecksum
{
    internal static byte[] Extend(ReadOnlySpan<byte> checksum, ReadOnlySpan<byte> part) =>
        SHA256.HashData([.. checksum, .. SHA256.HashData(part)]);

    /// <summary>Whether parts are those of a snapshot, in their order.</summary>
    internal static bool IsOf(StateComplete complete, IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        byte[] checksum = [];
        foreach (ReadOnlyMemory<byte> part in parts)
            checksum = Extend(checksum, part.Span);
        return complete.Checksum.Span.SequenceEqual(Close(checksum, complete.Epoch));
    }

    /// <summary>Covers the number of the coordinator, where one was written.</summary>
    internal static byte[] Close(byte[] checksum, int epoch)
    {
        if (epoch == 0)
            return checksum;
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, epoch);
        return Extend(checksum, bytes);
    }
}
