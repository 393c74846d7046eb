using System.Security.Cryptography;

namespace Nudge.Store;

/// <summary>
/// The checksum of a snapshot, grown part by part: c ← SHA-256(c ‖ SHA-256(part)), from nothing. The order of
/// the parts is covered.
/// </summary>
internal static class StateChecksum
{
    internal static byte[] Extend(ReadOnlySpan<byte> checksum, ReadOnlySpan<byte> part) =>
        SHA256.HashData([.. checksum, .. SHA256.HashData(part)]);
}
