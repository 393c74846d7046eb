using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Nudge.State;

/// <summary>Reads tags, kinds and payloads from a stream in one pass, never further than it was asked to.</summary>
internal sealed class StateReader(Stream stream, OpenSections sections)
{
    private const int FirstElements = 1 << 14;

    // A tag and its kind are read before it is known whether they are asked for; -1 while nothing is ahead.
    private int _tag = -1;
    private StateKind _kind;

    /// <summary>The kind of what <see cref="Find"/> found.</summary>
    internal StateKind Kind => _kind;

    /// <summary>Whether <see cref="Find"/> came to the end of the present section.</summary>
    internal bool AtEnd => _tag == StateFormat.EndMark;

    /// <summary>Moves to a tag of the present section and skips those below; false if the section does not have it.</summary>
    internal bool Find(int tag)
    {
        Peek();
        while (_tag != StateFormat.EndMark && _tag < tag)
        {
            Skip();
            Peek();
        }

        return _tag == tag;
    }

    /// <summary>Takes a section or list that was found: what follows are its items.</summary>
    internal void Enter() => _tag = -1;

    /// <summary>Skips the rest of the present section and its end mark.</summary>
    internal void Leave()
    {
        Find(int.MaxValue);
        _tag = -1;
    }

    /// <summary>Takes the head of the item that was found; gives the length of its payload in bytes.</summary>
    internal long TakeLength()
    {
        _tag = -1;
        return ReadLength();
    }

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
    /// Reads an array of a length that only the stream knows. It grows as values arrive: a false length allocates nothing.
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

    private void Peek()
    {
        if (_tag >= 0)
            return;
        int tag = ReadTag();
        if (tag != StateFormat.EndMark)
        {
            if (tag <= sections.Top.Found)
                throw sections.Fault(null, $"is damaged: tag {tag} comes after tag {sections.Top.Found}");
            sections.Top.Found = tag;
            _kind = ReadKind();
        }

        _tag = tag;
    }

    // A loop and no recursion: sections nested a million deep must not exhaust the stack.
    private void Skip()
    {
        _tag = -1;
        StateKind kind = _kind;
        long depth = 0;
        while (true)
        {
            if (kind is StateKind.Section or StateKind.List)
                depth++;
            else
                SkipBytes(ReadLength());
            while (depth > 0 && ReadTag() == StateFormat.EndMark)
                depth--;
            if (depth == 0)
                return;
            kind = ReadKind();
        }
    }

    private void SkipBytes(long count)
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

    private StateKind ReadKind()
    {
        var kind = (StateKind)ReadByte();
        return kind != StateKind.None ? kind : throw sections.Fault(null, "is damaged: an item has no kind");
    }

    private int ReadTag()
    {
        ulong tag = ReadVariable();
        return tag < int.MaxValue ? (int)tag : throw sections.Fault(null, $"is damaged: {tag} is no tag");
    }

    private long ReadLength()
    {
        ulong length = ReadVariable();
        return length <= long.MaxValue ? (long)length : throw sections.Fault(null, $"is damaged: {length} is no length");
    }

    private ulong ReadVariable()
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

    private byte ReadByte()
    {
        int next = stream.ReadByte();
        return next >= 0 ? (byte)next : throw Torn();
    }

    private InvalidDataException Torn() => sections.Fault(null, "is torn: the stream ends too early");
}
