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
    public void Sixteen_bits_keep_infinity_and_what_is_not_a_number()
    {
        float[] once = [float.PositiveInfinity, float.NegativeInfinity, float.NaN, 0, 1];
        float[] special = [.. Enumerable.Repeat(once, 5).SelectMany(values => values)];
        Assert.Equal(special, Through(special, ValueFormat.Bfloat16));
        Assert.Equal(special, Through(special, ValueFormat.Float16));
    }

    private static IEnumerable<uint> Bits(float[] values) => values.Select(BitConverter.SingleToUInt32Bits);

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
