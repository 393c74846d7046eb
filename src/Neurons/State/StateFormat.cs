using System.Buffers.Binary;
using System.Text;

namespace Nudge.State;

/// <summary>
/// What follows a tag. Sections and lists have no length: they end with tag 0. Every other kind, also one that is not
/// known here, is followed by the length of its payload in bytes, so that it can be skipped.
/// </summary>
internal enum StateKind : byte
{
    None = 0,
    Section = 1,
    List = 2,
    Empty = 3,
    Flag = 4,
    Integer = 5,
    Unsigned = 6,
    Float32 = 7,
    Float64 = 8,
    Phase = 9,
    Text = 10,
    Bytes = 11,
    Flags = 12,
    Integers32 = 13,
    Integers64 = 14,
    Floats32 = 15,
    Floats64 = 16,
}

/// <summary>
/// Bytes of a state: magic (8), format version (4), length of the subject (1), subject (UTF-8), then the items of the
/// root section: tag (LEB128), kind (1), and for all but sections and lists the length (LEB128) and the payload;
/// little-endian.
/// </summary>
internal static class StateFormat
{
    // Version 1 was a body without sections, which had no header of its own.
    internal const int Version = 2;
    internal const int EndMark = 0;
    internal const int FixedHeaderBytes = 13;
    internal const int MostVariableBytes = 10;

    private const int VersionAt = 8;
    private const int SubjectLengthAt = 12;
    private const string Advice = "Restore it with the version of Nudge that wrote it, or start the run again.";

    private static ReadOnlySpan<byte> Magic => "NUDGESEC"u8;

    internal static void WriteHeader(Stream stream, string subject)
    {
        byte[] text = Encoding.UTF8.GetBytes(subject);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, byte.MaxValue, nameof(subject));
        Span<byte> header = stackalloc byte[FixedHeaderBytes];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[VersionAt..], Version);
        header[SubjectLengthAt] = (byte)text.Length;
        stream.Write(header);
        stream.Write(text);
    }

    internal static void ReadHeader(Stream stream, string subject)
    {
        Span<byte> header = stackalloc byte[FixedHeaderBytes];
        int length = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        Check(header[..length], subject);
        byte[] text = new byte[header[SubjectLengthAt]];
        if (stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false) < text.Length)
            throw new InvalidDataException($"The state of {subject} is torn: it ends within its header.");
        string stored = Encoding.UTF8.GetString(text).ReplaceLineEndings(" ");
        if (stored != subject)
            throw new InvalidDataException($"This is the state of '{stored}', where that of '{subject}' is expected.");
    }

    /// <summary>The bytes after the header of a whole state.</summary>
    internal static ReadOnlySpan<byte> Content(ReadOnlySpan<byte> encoded, string name)
    {
        Check(encoded[..Math.Min(encoded.Length, FixedHeaderBytes)], name);
        int header = FixedHeaderBytes + encoded[SubjectLengthAt];
        return encoded.Length > header && encoded[^1] == EndMark
            ? encoded[header..]
            : throw new InvalidDataException($"The state of {name} is torn: it has no end mark.");
    }

    /// <summary>Writes a number in groups of seven bits, the lowest first; gives the bytes used.</summary>
    internal static int WriteVariable(Span<byte> bytes, ulong value)
    {
        int count = 0;
        for (; value >= 0x80; value >>= 7)
            bytes[count++] = (byte)(value | 0x80);
        bytes[count++] = (byte)value;
        return count;
    }

    private static void Check(ReadOnlySpan<byte> header, string subject)
    {
        if (!header.StartsWith(Magic))
        {
            throw new InvalidDataException(
                $"The state of {subject} has no header: it is damaged, or of an older version without sections. "
                + Advice);
        }

        if (header.Length < FixedHeaderBytes)
            throw new InvalidDataException($"The state of {subject} is torn: it ends within its header.");
        int version = BinaryPrimitives.ReadInt32LittleEndian(header[VersionAt..]);
        if (version != Version)
        {
            throw new InvalidDataException(
                $"The state of {subject} has format version {version}; this program reads version {Version}. "
                + Advice);
        }
    }
}
