using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MessagePack;

namespace Nudge.Wire;

/// <summary>Numbers as one little-endian binary block: an element each would cost ten times as much to write and read.</summary>
internal static class ValueBlock
{
    internal static int BytesPerValue(ValueFormat format) => format == ValueFormat.Exact ? sizeof(float) : sizeof(ushort);

    internal static void Write(ref MessagePackWriter writer, ReadOnlySpan<float> values, ValueFormat format)
    {
        int bytes = values.Length * BytesPerValue(format);
        writer.WriteBinHeader(bytes);
        Span<byte> block = writer.GetSpan(bytes)[..bytes];
        switch (format)
        {
            case ValueFormat.Bfloat16:
                Narrow(values, MemoryMarshal.Cast<byte, ushort>(block));
                break;
            case ValueFormat.Float16:
                Halve(values, MemoryMarshal.Cast<byte, Half>(block));
                break;
            default:
                MemoryMarshal.AsBytes(values).CopyTo(block);
                break;
        }

        writer.Advance(bytes);
    }

    internal static float[] Read(ref MessagePackReader reader, ValueFormat format)
    {
        ReadOnlySequence<byte> block = reader.ReadBytes() ?? throw new MessagePackSerializationException("values are missing");
        int width = format is >= ValueFormat.Exact and <= ValueFormat.Float16
            ? BytesPerValue(format)
            : throw new MessagePackSerializationException($"values have the unknown format {(int)format}");
        if (block.Length % width != 0)
            throw new MessagePackSerializationException($"{block.Length} bytes of values are not a multiple of {width}");
        // No longer than the block, which the frame holds: a length that lies was refused above.
        float[] values = GC.AllocateUninitializedArray<float>((int)(block.Length / width));
        if (block.IsSingleSegment)
            Decode(block.FirstSpan, values, format);
        else
            Decode(block.ToArray(), values, format);
        return values;
    }

    private static void Decode(ReadOnlySpan<byte> block, Span<float> values, ValueFormat format)
    {
        if (format == ValueFormat.Exact)
            block.CopyTo(MemoryMarshal.AsBytes(values));
        else if (format == ValueFormat.Bfloat16)
            Widen(MemoryMarshal.Cast<byte, ushort>(block), values);
        else
            Double(MemoryMarshal.Cast<byte, Half>(block), values);
    }

    private static void Narrow(ReadOnlySpan<float> values, Span<ushort> block)
    {
        int i = 0;
        for (; i <= values.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            Vector256<uint> low = Rounded(Vector256.Create(values[i..]));
            Vector256<uint> high = Rounded(Vector256.Create(values[(i + Vector256<float>.Count)..]));
            Vector256.Narrow(low, high).CopyTo(block[i..]);
        }

        for (; i < values.Length; i++)
            block[i] = (ushort)Rounded(Vector256.CreateScalar(values[i])).ToScalar();
    }

    /// <summary>The upper halves, rounded to nearest even; not-a-number stays one.</summary>
    private static Vector256<uint> Rounded(Vector256<float> values)
    {
        Vector256<uint> bits = values.AsUInt32();
        Vector256<uint> odd = (bits >>> 16) & Vector256<uint>.One;
        Vector256<uint> rounded = (bits + odd + Vector256.Create(0x7FFFu)) >>> 16;
        Vector256<uint> quiet = (bits >>> 16) | Vector256.Create(0x40u);
        return Vector256.ConditionalSelect(Vector256.Equals(values, values).AsUInt32(), rounded, quiet);
    }

    private static void Widen(ReadOnlySpan<ushort> block, Span<float> values)
    {
        int i = 0;
        for (; i <= values.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            (Vector256<uint> low, Vector256<uint> high) = Vector256.Widen(Vector256.Create(block[i..]));
            (low << 16).AsSingle().CopyTo(values[i..]);
            (high << 16).AsSingle().CopyTo(values[(i + Vector256<float>.Count)..]);
        }

        for (; i < values.Length; i++)
            values[i] = BitConverter.UInt32BitsToSingle((uint)block[i] << 16);
    }

    private static void Halve(ReadOnlySpan<float> values, Span<Half> block)
    {
        for (int i = 0; i < values.Length; i++)
            block[i] = (Half)values[i];
    }

    private static void Double(ReadOnlySpan<Half> block, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)block[i];
    }
}
