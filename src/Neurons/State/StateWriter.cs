using System.Buffers.Binary;

namespace Nudge.State;

/// <summary>Writes tags, kinds and payloads to a stream in one pass.</summary>
internal sealed class StateWriter(Stream stream)
{
    private const int MostHead = StateFormat.MostVariableBytes + 1 + StateFormat.MostVariableBytes;

    internal void Begin(int tag, StateKind kind)
    {
        Span<byte> head = stackalloc byte[MostHead];
        stream.Write(head[..Head(head, tag, kind)]);
    }

    internal void End() => stream.WriteByte(StateFormat.EndMark);

    /// <summary>Writes the low bytes of a number.</summary>
    internal void Scalar(int tag, StateKind kind, ulong bits, int size)
    {
        Span<byte> bytes = stackalloc byte[MostHead + sizeof(ulong)];
        int length = Head(bytes, tag, kind);
        bytes[length++] = (byte)size;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[length..], bits);
        stream.Write(bytes[..(length + size)]);
    }

    internal void Block(int tag, StateKind kind, ReadOnlySpan<byte> payload)
    {
        Span<byte> head = stackalloc byte[MostHead];
        int length = Head(head, tag, kind);
        length += StateFormat.WriteVariable(head[length..], (ulong)payload.Length);
        stream.Write(head[..length]);
        stream.Write(payload);
    }

    /// <summary>Writes bytes that hold whole items already.</summary>
    internal void Raw(ReadOnlySpan<byte> items) => stream.Write(items);

    private static int Head(Span<byte> bytes, int tag, StateKind kind)
    {
        int length = StateFormat.WriteVariable(bytes, (uint)tag);
        bytes[length++] = (byte)kind;
        return length;
    }
}
