using Nudge.State;

namespace Nudge.Neurons.Tests.State;

public sealed class StateRefusalTests
{
    [Fact]
    public void Another_length_is_refused_with_its_path_and_both_lengths()
    {
        byte[] bytes = Bytes.Of(state => Slices(state, 4, 3));
        Assert.Equal(
            "slices[3].synapses[0].weights: holds 3 values where 5 values of 4 bytes are expected",
            Bytes.Refusal(bytes, state => Slices(state, 4, 5, from: 3)));
    }

    [Fact]
    public void Another_number_of_children_is_refused()
    {
        byte[] bytes = Bytes.Of(state => Slices(state, 3, 1));
        Assert.Equal("slices: holds 3 items where 4 are expected", Bytes.Refusal(bytes, state => Slices(state, 4, 1)));
        Assert.Equal(
            "slices: holds more items than the 2 that are expected", Bytes.Refusal(bytes, state => Slices(state, 2, 1)));
    }

    [Fact]
    public void An_absent_item_is_refused()
    {
        string message = Bytes.Refusal(Bytes.Of(state => state.Item(1, 5)), state => state.Item(2, 0L, "_steps"));
        Assert.StartsWith("steps: is absent (tag 2)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_kind_is_refused()
    {
        byte[] bytes = Bytes.Of(state => state.Item(1, 5));
        Assert.Equal(
            "x: holds an item of kind Integer where Float64 is expected",
            Bytes.Refusal(bytes, state => state.Item(1, 0.0, "x")));
        Assert.Equal(
            "x: holds an item of kind Integer where Section is expected",
            Bytes.Refusal(bytes, state => state.Section(1, "x", new Sample())));
    }

    [Fact]
    public void Values_out_of_range_are_refused()
    {
        byte[] bytes = Bytes.Of(state => state.Item(1, 5_000_000_000));
        Assert.Equal("x: holds 5000000000, which is out of range", Bytes.Refusal(bytes, state => state.Item(1, 0, "x")));
        bytes = Bytes.Of(state => state.Item(1, 2));
        Assert.Equal("x: holds 2, which is no Polarity", Bytes.Refusal(bytes, state => state.Choice(1, Polarity.Neutral, "x")));
        Assert.Equal("x: holds 2, which is no index below 2", Bytes.Refusal(bytes, state => state.Index(1, 0, 2, "x")));
    }

    [Fact]
    public void What_a_class_refuses_as_an_argument_is_a_fault_of_the_state()
    {
        byte[] bytes = Bytes.Of(state => state.Section(1, "coin", coin => coin.Item(1, -5)));
        string message = Bytes.Refusal(bytes, state => state.Section(
            1, "coin", coin => ArgumentOutOfRangeException.ThrowIfNegative(coin.Item(1, 0))));
        Assert.StartsWith("coin: cannot be restored: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_without_a_header_are_refused_with_what_to_do()
    {
        string message = Bytes.Refusal(new byte[64], _ => { });
        Assert.Equal(
            "The state of test has no header: it is damaged, or of an older version without sections. "
            + "Restore it with the version of Nudge that wrote it, or start the run again.",
            message);
        Assert.Equal(message, Bytes.Refusal([], _ => { }));
    }

    [Fact]
    public void Another_format_version_is_refused_with_what_to_do()
    {
        byte[] bytes = Bytes.Of(_ => { });
        bytes[8]++;
        Assert.Equal(
            "The state of test has format version 3; this program reads version 2. "
            + "Restore it with the version of Nudge that wrote it, or start the run again.",
            Bytes.Refusal(bytes, _ => { }));
    }

    [Fact]
    public void The_state_of_something_else_is_refused()
    {
        using var stream = new MemoryStream();
        StateRoot.Save(stream, "slice", _ => { });
        Assert.Equal(
            "This is the state of 'slice', where that of 'test' is expected.", Bytes.Refusal(stream.ToArray(), _ => { }));
    }

    [Fact]
    public void The_bytes_of_the_format_are_these()
    {
        byte[] bytes = Bytes.Of(state =>
        {
            state.Item(1, 5);
            state.Section(2, "rule", rule => rule.Flags(300, [true, false]));
            state.Present(3, false);
        });
        Assert.Equal(
            "4E55444745534543-02000000-04-74657374" // Magic, version, length of the subject, subject.
            + "-01-05-08-0500000000000000" // Tag 1, an integer of 8 bytes.
            + "-02-01" // Tag 2, a section.
            + "-AC02-0C-02-0100" // Tag 300, two flags.
            + "-00" // End of the section.
            + "-03-03-00" // Tag 3, empty.
            + "-00", // End of the root.
            Grouped(bytes));
    }

    private static string Grouped(byte[] bytes)
    {
        int[] lengths = [8, 4, 1, 4, 1, 1, 1, 8, 1, 1, 2, 1, 1, 2, 1, 1, 1, 1, 1];
        int at = 0;
        IEnumerable<string> groups = [.. lengths.Select(length => Convert.ToHexString(bytes, (at += length) - length, length))];
        Assert.Equal(bytes.Length, at);
        return string.Join('-', groups);
    }

    private static void Slices(StateSection state, int count, int weights, int from = 0) =>
        state.List(1, "slices", count, slice => state.List(1, "synapses", 1, _ =>
        {
            float[] values = new float[slice < from ? 3 : weights];
            state.Floats(1, values, "_weights");
        }));
}
