using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MessagePack;
using Nudge.Signals;

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
                Narrow<Bfloat16Bits>(values, MemoryMarshal.Cast<byte, ushort>(block));
                break;
            case ValueFormat.Float16:
                Narrow<Float16Bits>(values, MemoryMarshal.Cast<byte, ushort>(block));
                break;
            default:
                MemoryMarshal.AsBytes(values).CopyTo(block);
                break;
        }

        writer.Advance(bytes);
    }

    internal static float[] Read(ref MessagePackReader reader, ValueFormat format) =>
        Decode(ReadBlock(ref reader, format), format);

    /// <summary>Reads values of which exact ones stay where they came: a copy is much of what a long message costs.</summary>
    internal static ActivityFrame ReadFrame(ref MessagePackReader reader, ValueFormat format)
    {
        ReadOnlySequence<byte> block = ReadBlock(ref reader, format);
        return format == ValueFormat.Exact && block.IsSingleSegment
            ? ActivityFrame.Received(block.First)
            : ActivityFrame.Of(Decode(block, format));
    }

    private static ReadOnlySequence<byte> ReadBlock(ref MessagePackReader reader, ValueFormat format)
    {
        ReadOnlySequence<byte> block = reader.ReadBytes() ?? throw new MessagePackSerializationException("values are missing");
        int width = format is >= ValueFormat.Exact and <= ValueFormat.Float16
            ? BytesPerValue(format)
            : throw new MessagePackSerializationException($"values have the unknown format {(int)format}");
        if (block.Length % width != 0)
            throw new MessagePackSerializationException($"{block.Length} bytes of values are not a multiple of {width}");
        return block;
    }

    private static float[] Decode(ReadOnlySequence<byte> block, ValueFormat format)
    {
        // No longer than the block, which the frame holds: a length that lies was refused before.
        float[] values = GC.AllocateUninitializedArray<float>((int)(block.Length / BytesPerValue(format)));
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
            Widen<Bfloat16Bits>(MemoryMarshal.Cast<byte, ushort>(block), values);
        else
            Widen<Float16Bits>(MemoryMarshal.Cast<byte, ushort>(block), values);
    }

    private static void Narrow<T>(ReadOnlySpan<float> values, Span<ushort> block)
        where T : ISixteenBits
    {
        int i = 0;
        for (; i <= values.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            Vector256<uint> low = T.Narrow(Vector256.Create(values[i..]));
            Vector256<uint> high = T.Narrow(Vector256.Create(values[(i + Vector256<float>.Count)..]));
            Vector256.Narrow(low, high).CopyTo(block[i..]);
        }

        for (; i < values.Length; i++)
            block[i] = (ushort)T.Narrow(Vector256.CreateScalar(values[i])).ToScalar();
    }

    private static void Widen<T>(ReadOnlySpan<ushort> block, Span<float> values)
        where T : ISixteenBits
    {
        int i = 0;
        for (; i <= values.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            (Vector256<uint> low, Vector256<uint> high) = Vector256.Widen(Vector256.Create(block[i..]));
            T.Widen(low).CopyTo(values[i..]);
            T.Widen(high).CopyTo(values[(i + Vector256<float>.Count)..]);
        }

        for (; i < values.Length; i++)
            values[i] = T.Widen(Vector256.CreateScalar((uint)block[i])).ToScalar();
    }
}
