using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Nudge.Checkpoints;

/// <summary>
/// Bytes of a checkpoint: magic (8), format version (4), generation (8), length of the body (8), body, and the SHA-256
/// of all before it (32); little-endian. The hash covers the header too, so that no single byte can change unseen.
/// </summary>
internal static class CheckpointFormat
{
    private const int Version = 1;
    private const int VersionAt = 8;
    private const int GenerationAt = 12;
    private const int LengthAt = 20;
    private const int HeaderBytes = 28;

    private static ReadOnlySpan<byte> Magic => "NUDGECHK"u8;

    internal static void Write(Stream stream, long generation, ReadOnlySpan<byte> body)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[VersionAt..], Version);
        BinaryPrimitives.WriteInt64LittleEndian(header[GenerationAt..], generation);
        BinaryPrimitives.WriteInt64LittleEndian(header[LengthAt..], body.Length);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        hash.AppendData(body);
        stream.Write(header);
        stream.Write(body);
        stream.Write(hash.GetHashAndReset());
    }

    /// <summary>Why a file is no complete checkpoint of a generation, or null if it is one.</summary>
    internal static string? Fault(ReadOnlySpan<byte> file, long generation)
    {
        if (file.Length < HeaderBytes)
            return $"is torn: {file.Length} bytes are less than a header";
        if (!file[..Magic.Length].SequenceEqual(Magic))
            return "is not a checkpoint";
        int version = BinaryPrimitives.ReadInt32LittleEndian(file[VersionAt..]);
        if (version != Version)
            return $"has format version {version}; this program reads {Version}";
        long length = BinaryPrimitives.ReadInt64LittleEndian(file[LengthAt..]);
        // Compared by subtraction, since a corrupt length may be near the largest number.
        if (length != file.Length - HeaderBytes - SHA256.HashSizeInBytes)
            return $"is torn: {file.Length} bytes do not fit its length";
        if (!SHA256.HashData(file[..^SHA256.HashSizeInBytes]).AsSpan().SequenceEqual(file[^SHA256.HashSizeInBytes..]))
            return "is corrupt: its SHA-256 does not match";
        long written = BinaryPrimitives.ReadInt64LittleEndian(file[GenerationAt..]);
        return written == generation ? null : $"is generation {written} under another name";
    }

    /// <summary>The body of a file without fault.</summary>
    internal static MemoryStream Body(byte[] file) =>
        new(file, HeaderBytes, file.Length - HeaderBytes - SHA256.HashSizeInBytes, writable: false);
}
