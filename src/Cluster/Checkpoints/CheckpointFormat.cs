using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Nudge.Checkpoints;

/// <summary>
/// Bytes of a checkpoint: magic (8), format version (4), generation (8), length of the body (8), body, and the SHA-256
/// of all before it (32); little-endian. The hash covers the header too, so that no single byte can change unseen.
/// </summary>
internal static class CheckpointFormat
{
    // Version 1 had a body without sections and tags.
    private const int Version = 2;
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

    /// <summary>
    /// Whether a file is a complete checkpoint of an earlier version, which is no damage and must not be skipped.
    /// </summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="advice">What it is and what to do, without a full stop.</param>
    internal static bool IsOfEarlierVersion(ReadOnlySpan<byte> file, out string advice)
    {
        int version = FaultOfBytes(file) is null ? BinaryPrimitives.ReadInt32LittleEndian(file[VersionAt..]) : Version;
        advice = $"is a checkpoint of format version {version}, from an earlier version of Nudge; this one reads "
            + $"version {Version}: resume the run with the version that began it, or start it again";
        return version is > 0 and < Version;
    }

    /// <summary>Why a file is no complete checkpoint of a generation, or null if it is one.</summary>
    internal static string? Fault(ReadOnlySpan<byte> file, long generation)
    {
        if (FaultOfBytes(file) is { } fault)
            return fault;
        int version = BinaryPrimitives.ReadInt32LittleEndian(file[VersionAt..]);
        if (version != Version)
            return $"has format version {version}; this program reads {Version}";
        long written = BinaryPrimitives.ReadInt64LittleEndian(file[GenerationAt..]);
        return written == generation ? null : $"is generation {written} under another name";
    }

    /// <summary>The body of a file without fault.</summary>
    internal static MemoryStream Body(byte[] file) =>
        new(file, HeaderBytes, file.Length - HeaderBytes - SHA256.HashSizeInBytes, writable: false);

    private static string? FaultOfBytes(ReadOnlySpan<byte> file)
    {
        if (file.Length < HeaderBytes)
            return $"is torn: {file.Length} bytes are less than a header";
        if (!file[..Magic.Length].SequenceEqual(Magic))
            return "is not a checkpoint";
        long length = BinaryPrimitives.ReadInt64LittleEndian(file[LengthAt..]);
        // Compared by subtraction, since a corrupt length may be near the largest number.
        if (length != file.Length - HeaderBytes - SHA256.HashSizeInBytes)
            return $"is torn: {file.Length} bytes do not fit its length";
        return SHA256.HashData(file[..^SHA256.HashSizeInBytes]).AsSpan().SequenceEqual(file[^SHA256.HashSizeInBytes..])
            ? null
            : "is corrupt: its SHA-256 does not match";
    }
}
