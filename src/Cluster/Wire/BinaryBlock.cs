using MessagePack;

namespace Nudge.Wire;

/// <summary>A long block of bytes at the end of a message.</summary>
internal static class BinaryBlock
{
    /// <summary>Writes it at once: the writer's own way asks for room bit by bit, and each time all is copied.</summary>
    internal static void WriteBlock(this ref MessagePackWriter writer, ReadOnlySpan<byte> bytes)
    {
        writer.WriteBinHeader(bytes.Length);
        bytes.CopyTo(writer.GetSpan(bytes.Length));
        writer.Advance(bytes.Length);
    }
}
