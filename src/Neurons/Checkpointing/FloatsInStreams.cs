using System.Runtime.InteropServices;

namespace Nudge.Checkpointing;

/// <summary>Arrays of numbers in checkpoints: a length, then the little-endian bits.</summary>
public static class FloatsInStreams
{
    /// <summary>Writes a length and the values.</summary>
    public static void WriteFloats(this BinaryWriter writer, ReadOnlySpan<float> values)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Reads values of a length that must agree.</summary>
    /// <exception cref="InvalidDataException">The length differs: the checkpoint belongs to another network.</exception>
    /// <exception cref="EndOfStreamException">The stream ends early.</exception>
    public static void ReadFloats(this BinaryReader reader, Span<float> values)
    {
        ArgumentNullException.ThrowIfNull(reader);
        int length = reader.ReadInt32();
        if (length != values.Length)
            throw new InvalidDataException($"The checkpoint holds {length} values where {values.Length} are expected.");
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values));
    }
}
