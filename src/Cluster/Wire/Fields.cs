using MessagePack;

namespace Nudge.Wire;

/// <summary>
/// Reads the numbered fields of one contract. Contracts only ever grow at their end: an older reader skips what it does
/// not know, a newer one asks <see cref="Next"/> whether a field has come.
/// </summary>
internal struct Fields
{
    private int _left;

    private Fields(int count) => _left = count;

    /// <summary>Opens a contract that has had so many fields from its first day.</summary>
    internal static Fields Open(ref MessagePackReader reader, int atLeast)
    {
        int count = reader.ReadArrayHeader();
        if (count < atLeast)
            throw new MessagePackSerializationException($"{count} fields where {atLeast} are expected");
        return new(count - atLeast);
    }

    /// <summary>Whether one more field, which the first version lacked, has come.</summary>
    internal bool Next() => _left-- > 0;

    /// <summary>Skips what a later version added.</summary>
    internal void Close(ref MessagePackReader reader)
    {
        for (; _left > 0; _left--)
            reader.Skip();
    }

    /// <summary>Reads the length of a list whose elements take a byte or more each.</summary>
    internal static int ListLength(ref MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        // What is reserved for a list grows with the frame, whatever length the frame claims.
        long left = reader.Sequence.Length - reader.Consumed;
        return count <= left ? count : throw new MessagePackSerializationException($"a list of {count} in {left} bytes");
    }
}
