using System.Runtime.InteropServices;
using CsCheck;
using Nudge.Actors;
using Nudge.Messages;
using Nudge.Signals;
using Nudge.Store;
using Nudge.Wire;

namespace Nudge.Cluster.Tests.Wire;

public sealed class ContractTests
{
    private const int MostValues = 100_000;
    private static readonly Codec Exact = new(ValueFormat.Exact);

    [Fact]
    public void Every_contract_has_a_sample_and_a_manifest_of_its_own()
    {
        HashSet<Type> sampled = [.. SampleMessages.All.Select(sample => sample.Message.GetType())];
        Assert.All(Contracts.All, contract => Assert.Contains(contract.Type, sampled));
        Assert.Equal(Contracts.All.Count, Contracts.All.Select(contract => contract.Manifest).Distinct().Count());
    }

    [Fact]
    public void What_is_read_is_what_was_written()
    {
        foreach ((string name, object message) in SampleMessages.All)
        {
            byte[] bytes = Exact.Write(message);
            object read = Codec.Read(bytes, Codec.ManifestOf(message));
            Assert.Equal(message.GetType(), read.GetType());
            Assert.True(bytes.AsSpan().SequenceEqual(Exact.Write(read)), name);
        }
    }

    [Fact]
    public void Activity_keeps_every_field()
    {
        ActivitySignal sent = SampleMessages.Activity(5).Signal;
        ActivitySignal read = ((ActivityMessage)Codec.Read(Exact.Write(new ActivityMessage(sent, 3.5, true)), "a")).Signal;
        Assert.Equal(sent with { Tag = read.Tag, Frame = read.Frame }, read);
        Assert.Equal(sent.Frame.Values.ToArray(), read.Frame.Values.ToArray());
        Assert.Equal(sent.Tag.Importance, read.Tag.Importance);
        Assert.Equal((sent.Tag.Phase, sent.Tag.Stimulus), (read.Tag.Phase, read.Tag.Stimulus));
    }

    [Theory]
    [InlineData(ValueFormat.Exact, true)]
    [InlineData(ValueFormat.Bfloat16, false)]
    [InlineData(ValueFormat.Float16, false)]
    internal void Exact_values_stay_in_the_bytes_that_came_and_shorter_ones_are_unpacked(ValueFormat format, bool stay)
    {
        byte[] bytes = new Codec(format).Write(SampleMessages.Activity(100));
        var read = (ActivityMessage)Codec.Read(bytes, "a");
        Assert.Equal(stay, MemoryMarshal.AsBytes(read.Signal.Frame.Values).Overlaps(bytes));
        Assert.Equal(100, read.Signal.Frame.Values.Length);
    }

    [Fact]
    public void A_part_of_a_snapshot_is_copied_once()
    {
        var part = new StateChunk(1, 2, 3, new byte[StateChunk.MaximumLength]);
        byte[] written = Exact.Write(part);
        long before = GC.GetAllocatedBytesForCurrentThread();
        byte[] again = Exact.Write(part);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(written, again);
        Assert.InRange(allocated, StateChunk.MaximumLength, StateChunk.MaximumLength + 1_000);
    }

    [Fact]
    public void A_held_output_stays_held_whatever_the_format_of_values()
    {
        var nudge = new ControlMessage(0, 0, new NudgeSignal(
            new(new(0, 1), 0, [2]), new[] { 0.1f }, new[] { float.PositiveInfinity }));
        var read = (ControlMessage)Codec.Read(new Codec(ValueFormat.Bfloat16).Write(nudge), "c");
        Assert.Equal(float.PositiveInfinity, Assert.IsType<NudgeSignal>(read.Signal).Strength.Span[0]);
        Assert.Equal(0.1f, ((NudgeSignal)read.Signal).Targets.Span[0]);
    }

    [Fact]
    public void A_field_that_a_later_version_added_is_skipped()
    {
        byte[] mark = Exact.Write(new PhaseMark(7, new(0, 3), 12.5, true));
        Assert.Equal(0x94, mark[0]);
        byte[] later = [0x95, .. mark[1..], 0xA3, (byte)'n', (byte)'e', (byte)'w'];
        Assert.Equal(new PhaseMark(7, new(0, 3), 12.5, true), Codec.Read(later, "m"));
    }

    [Fact]
    public void The_end_of_a_run_keeps_its_warnings_and_one_of_an_earlier_version_has_none()
    {
        var numbers = new RunNumbers([], 1, 2) { Warnings = [new("saturation", "populations.hidden", "half of it", 5000)] };
        byte[] written = Exact.Write(new RunEnded(7, numbers));
        Assert.Equal(numbers.Warnings, ((RunEnded)Codec.Read(written, "We")).Numbers.Warnings);

        byte[] without = Exact.Write(new RunEnded(7, new([], 1, 2)));
        Assert.Equal((0x95, 0x90), (without[0], without[^1]));
        byte[] earlier = [0x94, .. without[1..^1]];
        Assert.Empty(((RunEnded)Codec.Read(earlier, "We")).Numbers.Warnings);
    }

    [Fact]
    public void Activity_is_at_most_two_percent_and_64_bytes_longer_than_its_values()
    {
        // The lengths at which a header grows, and any others.
        foreach (int values in new[] { 0, 1, 16, 63, 64, 127, 128, 512, 16_383, 16_384, 32_767, 32_768, MostValues })
            AssertShort(values);
        Gen.Int[0, MostValues].Sample(AssertShort, iter: 40);
    }

    private static void AssertShort(int values)
    {
        foreach (ValueFormat format in Enum.GetValues<ValueFormat>())
        {
            int payload = values * ValueBlock.BytesPerValue(format);
            int length = new Codec(format).Write(SampleMessages.Activity(values)).Length;
            Assert.InRange(length, payload, (1.02 * payload) + 64);
        }
    }
}
