using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Nudge.State;

/// <summary>Numbers and blocks of bytes from a stream; where it ends too early, the open section is named.</summary>
internal sealed class StateInput(Stream stream, OpenSections sections)
{
    private const int FirstElements = 1 << 14;

    internal ulong ReadScalar(int size)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        bytes.Clear();
        Read(bytes[..size]);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    internal void Read(Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw Torn();
    }

    /// <summary>
    /// Reads an array of a length that only the stream knows. It grows as values arrive, so that a false length
    /// allocates nothing.
    /// </summary>
    internal T[] ReadArray<T>(int length)
        where T : unmanaged
    {
        T[] values = new T[Math.Min(length, FirstElements)];
        int read = 0;
        while (true)
        {
            Read(MemoryMarshal.AsBytes(values.AsSpan(read)));
            read = values.Length;
            if (read == length)
                return values;
            Array.Resize(ref values, (int)Math.Min(length, 2L * read));
        }
    }

    internal void Skip(long count)
    {
        if (stream.CanSeek)
        {
            if (count > stream.Length - stream.Position)
                throw Torn();
            stream.Seek(count, SeekOrigin.Current);
            return;
        }

        Span<byte> passed = stackalloc byte[1024];
        for (; count > 0; count -= Math.Min(count, passed.Length))
            Read(passed[..(int)Math.Min(count, passed.Length)]);
    }

    internal ulong ReadVariable()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = ReadByte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw sections.Fault(null, "is damaged: a number does not end");
    }

    internal byte ReadByte()
    {
        int next = stream.ReadByte();
        return next >= 0 ? (byte)next : throw Torn();
    }

    private InvalidDataException Torn() => sections.Fault(null, "is torn: the stream ends too early");
}
