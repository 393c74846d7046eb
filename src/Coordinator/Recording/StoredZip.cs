using System.Buffers.Binary;
using System.Text;

namespace Nudge.Recording;

/// <summary>
/// Writes a zip without compression. System.IO.Compression records the operating system that it runs on; here the
/// bytes are a function of the content alone, so that two runs of one seed can be compared by their files.
/// </summary>
/// <param name="stream">Where the zip begins.</param>
internal sealed class StoredZip(Stream stream)
{
    private const uint LocalSignature = 0x0403_4b50;
    private const uint CentralSignature = 0x0201_4b50;
    private const uint EndSignature = 0x0605_4b50;
    private const ushort NeededVersion = 20;
    private const ushort FirstOfJanuary1980 = 0x0021;
    private readonly List<byte[]> _directory = [];
    private uint _position;
    private ushort _entries;

    internal void Add(string name, ReadOnlySpan<byte> content)
    {
        byte[] ascii = Encoding.ASCII.GetBytes(name);
        byte[] common = Common(ascii, content);
        uint start = _position;
        Put(stream, LocalSignature);
        stream.Write(common);
        stream.Write(ascii);
        stream.Write(content);
        _position = checked(start + (uint)(sizeof(uint) + common.Length + ascii.Length + content.Length));
        _entries = checked((ushort)(_entries + 1));
        _directory.Add(DirectoryEntry(ascii, common, start));
    }

    internal void Finish()
    {
        foreach (byte[] entry in _directory)
            stream.Write(entry);
        Put(stream, EndSignature);
        Put(stream, 0u);
        Put(stream, _entries);
        Put(stream, _entries);
        Put(stream, (uint)_directory.Sum(entry => entry.Length));
        Put(stream, _position);
        Put(stream, (ushort)0);
    }

    private static byte[] Common(byte[] name, ReadOnlySpan<byte> content)
    {
        using var fields = new MemoryStream();
        Put(fields, NeededVersion);
        // No flags, and method 0: stored.
        Put(fields, 0u);
        Put(fields, (ushort)0);
        Put(fields, FirstOfJanuary1980);
        Put(fields, Crc32.Of(content));
        Put(fields, (uint)content.Length);
        Put(fields, (uint)content.Length);
        Put(fields, (ushort)name.Length);
        // No extra field.
        Put(fields, (ushort)0);
        return fields.ToArray();
    }

    private static byte[] DirectoryEntry(byte[] name, byte[] common, uint start)
    {
        using var entry = new MemoryStream();
        Put(entry, CentralSignature);
        Put(entry, NeededVersion);
        entry.Write(common);
        // No comment, first disk, no attributes.
        Put(entry, 0u);
        Put(entry, (ushort)0);
        Put(entry, 0u);
        Put(entry, start);
        entry.Write(name);
        return entry.ToArray();
    }

    private static void Put(Stream target, uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        target.Write(bytes);
    }

    private static void Put(Stream target, ushort value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        target.Write(bytes);
    }
}

/// <summary>The check sum of zip files (reflected polynomial EDB88320), which .NET itself does not offer.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB8_8320;
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(value => Entry((uint)value))];

    internal static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
            crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint Entry(uint value)
    {
        for (int bit = 0; bit < 8; bit++)
            value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ Polynomial;
        return value;
    }
}
