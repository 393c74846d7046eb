using System.Buffers;
using CsCheck;
using MessagePack;
using Nudge.Wire;

namespace Nudge.Cluster.Tests.Wire;

public sealed class ValueBlockTests
{
    [Fact]
    public void Exact_values_keep_every_bit() => Gen.Float.Array[0, 70].Sample(values =>
        Assert.Equal(Bits(values), Bits(Through(values, ValueFormat.Exact))));

    [Fact]
    public void Bfloat16_rounds_to_the_nearest_of_eight_bits() => Gen.Float[-1e30f, 1e30f].Array[0, 70].Sample(values =>
        Compare(values, Through(values, ValueFormat.Bfloat16), 1f / 256, 1e-38f));

    [Fact]
    public void Float16_rounds_to_the_nearest_of_eleven_bits() => Gen.Float[-60_000f, 60_000f].Array[0, 70].Sample(values =>
        Compare(values, Through(values, ValueFormat.Float16), 1f / 2048, 6e-8f));

    [Fact]
    public void Float16_is_the_runtimes_own_half_for_every_half_and_beside_it()
    {
        float[] halves = [.. Enumerable.Range(0, 1 << 16).Select(bits => (float)BitConverter.UInt16BitsToHalf((ushort)bits))];
        // Between two halves, and on either side of the middle, it must round as the runtime does.
        float[] middles = [.. halves.Zip(halves.Skip(1), (low, high) => (low / 2) + (high / 2)).Where(float.IsFinite)];
        AssertRuntimes([.. halves, .. middles, .. middles.Select(MathF.BitIncrement), .. middles.Select(MathF.BitDecrement)]);
        AssertRuntimes([65_519.996f, 65_520, 65_536, 1e30f, float.MaxValue, float.Epsilon, -float.Epsilon, -0f]);
        Gen.UInt.Array[0, 70].Sample(bits => AssertRuntimes([.. bits.Select(BitConverter.UInt32BitsToSingle)]));
    }

    [Fact]
    public void Sixteen_bits_keep_infinity_and_what_is_not_a_number()
    {
        float[] once = [float.PositiveInfinity, float.NegativeInfinity, float.NaN, 0, 1];
        float[] special = [.. Enumerable.Repeat(once, 5).SelectMany(values => values)];
        Assert.Equal(special, Through(special, ValueFormat.Bfloat16));
        Assert.Equal(special, Through(special, ValueFormat.Float16));
    }

    private static IEnumerable<uint> Bits(float[] values) => values.Select(BitConverter.SingleToUInt32Bits);

    private static void AssertRuntimes(float[] values) =>
        Assert.Equal(
            values.Select(value => Comparable((float)(Half)value)), Through(values, ValueFormat.Float16).Select(Comparable));

    // Whatever is not a number is one thing here.
    private static uint Comparable(float value) =>
        float.IsNaN(value) ? uint.MaxValue : BitConverter.SingleToUInt32Bits(value);

    private static void Compare(float[] sent, float[] read, float relative, float absolute)
    {
        Assert.Equal(sent.Length, read.Length);
        for (int i = 0; i < sent.Length; i++)
            Assert.True(Math.Abs(sent[i] - read[i]) <= (relative * Math.Abs(sent[i])) + absolute, $"{sent[i]} became {read[i]}");
    }

    private static float[] Through(float[] values, ValueFormat format)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        ValueBlock.Write(ref writer, values, format);
        writer.Flush();
        var reader = new MessagePackReader(buffer.WrittenMemory);
        return ValueBlock.Read(ref reader, format);
    }
}
