using System.Globalization;
using CsCheck;
using MessagePack;
using Nudge.Wire;

namespace Nudge.Cluster.Tests.Wire;

/// <summary>Frames that are cut, stretched and overwritten; NUDGE_FRAMES asks for more of them than the usual 10⁴.</summary>
public sealed class MutatedFrameTests
{
    // What a frame can make its reader reserve, per byte: lists of counters and texts are the worst.
    private const int BytesPerByte = 64;
    private const int Slack = 16_384;

    private static readonly byte[] Interesting = [0x00, 0x7F, 0x80, 0x90, 0xC0, 0xC4, 0xC6, 0xCB, 0xD9, 0xDC, 0xDD, 0xDF, 0xFF];

    private static int Frames => int.Parse(
        Environment.GetEnvironmentVariable("NUDGE_FRAMES") ?? "10000", CultureInfo.InvariantCulture);

    private static Gen<(byte[] Bytes, string Manifest)> Mutated { get; } =
        from index in Gen.Int[0, SampleMessages.All.Count - 1]
        let sample = SampleMessages.All[index]
        from format in Gen.Enum<ValueFormat>()
        from kind in Gen.Int[0, 40]
        from cut in Gen.Int[0, 12]
        from places in Gen.Select(Gen.Int[0, 4096], Gen.Byte, Gen.Bool).Array[1, 6]
        select (
            Mutate(new Codec(format).Write(sample.Message), cut, places),
            kind < Contracts.All.Count && kind % 4 == 0 ? Contracts.All[kind].Manifest : Codec.ManifestOf(sample.Message));

    [Fact]
    public void Malformed_bytes_end_in_one_exception_and_reserve_no_more_than_the_frame_holds() => Mutated.Sample(
        frame =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Codec.Read(frame.Bytes, frame.Manifest);
            }
            catch (MessagePackSerializationException)
            {
                // The one that the serializer turns into a refusal.
            }

            long reserved = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(reserved <= (BytesPerByte * frame.Bytes.Length) + Slack, $"{reserved} bytes for {frame.Bytes.Length}");
        },
        iter: Frames,
        threads: 1,
        print: frame => $"{frame.Manifest} {Convert.ToHexStringLower(frame.Bytes)}");

    [Theory]
    [InlineData("a", "98010101dd7fffffff")]
    [InlineData("Nc", "93dd7fffffff")]
    [InlineData("No", "94a172a17801dd7fffffff")]
    [InlineData("n", "9401920101" + "00c67fffffff")]
    [InlineData("b", "9901010100940101010100c40000dd7fffffff")]
    public void A_length_that_lies_is_refused_before_anything_is_reserved(string manifest, string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);
        Assert.Throws<MessagePackSerializationException>(() => Codec.Read(bytes, manifest));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<MessagePackSerializationException>(() => Codec.Read(bytes, manifest));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Slack);
    }

    private static byte[] Mutate(byte[] bytes, int cut, (int Place, byte Value, bool Telling)[] places)
    {
        foreach ((int place, byte value, bool telling) in places)
        {
            if (bytes.Length > 0)
                bytes[place % bytes.Length] = telling ? Interesting[value % Interesting.Length] : value;
        }

        return cut switch
        {
            0 => bytes[..(bytes.Length / 2)],
            1 => [.. bytes, 0xC0],
            _ => bytes,
        };
    }
}
