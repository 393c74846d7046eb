using Nudge.State;

namespace Nudge.Neurons.Tests.State;

public sealed class StateSectionTests
{
    [Fact]
    public void Every_kind_of_item_is_restored_as_it_was()
    {
        byte[] bytes = Bytes.Of(Sample.Filled());
        var restored = new Sample();
        Assert.NotEqual(bytes, Bytes.Of(restored));
        Bytes.Restore(bytes, restored.Describe);
        Assert.Equal(bytes, Bytes.Of(restored));
        Assert.Equal("σ₊", restored.Title);
        Assert.True(double.IsNaN(restored.Mean) && float.IsNegative(restored.Rate));
        Assert.Equal((17L, 8.0, 6.0), (restored.Due, restored.Extra!.Value, restored.Parts[1].Value));
        Assert.Equal([(5L, 1), (6L, 2), (7L, 3)], restored.Events);
        Assert.Equal([0, 1 / 3f, 2 / 3f, 1, 4 / 3f], restored.Weights);
        Assert.Equal([-1, 0], restored.Labels);
        Assert.Equal([false, true, false], restored.Positive);
    }

    [Fact]
    public void What_is_absent_takes_away_what_was_there()
    {
        byte[] bytes = Bytes.Of(new Sample());
        Sample restored = Sample.Filled();
        Bytes.Restore(bytes, restored.Describe);
        Assert.Equal(bytes, Bytes.Of(restored));
        Assert.Null(restored.Due);
        Assert.Null(restored.Extra);
        Assert.Empty(restored.Events);
    }

    [Fact]
    public void The_length_is_known_from_a_first_pass_and_the_stream_need_not_seek()
    {
        using var length = new LengthStream();
        StateRoot.Save(length, "test", Sample.Filled());
        byte[] bytes = Bytes.Of(Sample.Filled());
        Assert.Equal(bytes.Length, length.Length);
        var restored = new Sample();
        using var stream = new ForwardStream([.. bytes, 77]);
        StateRoot.Restore(stream, "test", restored);
        Assert.Equal(bytes, Bytes.Of(restored));
        Assert.Equal(77, stream.ReadByte());
    }

    [Fact]
    public void A_state_encoded_elsewhere_becomes_a_section()
    {
        byte[] encoded = Bytes.Of(Sample.Filled());
        byte[] bytes = Bytes.Of(state =>
        {
            state.SaveEncoded(1, "sample", encoded);
            state.Item(2, 5L);
        });
        Assert.Equal(bytes, Bytes.Of(state =>
        {
            state.Section(1, "sample", Sample.Filled());
            state.Item(2, 5L);
        }));
        Bytes.Restore(bytes, state =>
        {
            var sample = new Sample();
            state.Section(1, "sample", sample);
            Assert.Equal(encoded, Bytes.Of(sample));
            Assert.Equal(5, state.Item(2, 0L));
        });
    }

    [Fact]
    public void Items_added_later_keep_their_default_where_a_state_lacks_them()
    {
        byte[] old = Bytes.Of(state => state.Item(1, 5));
        (int count, double decay, bool present) = (0, 0.9, true);
        Bytes.Restore(old, state =>
        {
            state.Item(1, ref count);
            present = state.Has(2);
            if (present)
                state.Item(2, ref decay);
        });
        Assert.Equal((5, 0.9, false), (count, decay, present));
    }

    [Fact]
    public void Errors_of_the_program_are_thrown_at_once_in_both_directions()
    {
        byte[] bytes = Bytes.Of(state => state.Item(2, 5));
        Action<StateSection>[] wrong =
        [
            state => state.Item(0, 1),
            state => state.Item(-1, 1),
            state => { state.Item(2, 1); state.Item(2, 1); },
            state => { state.Has(2); state.Item(1, 1); },
            state => { state.Present(2, true); state.Item(1, 1); },
            state => { state.Item(2, 1); state.Has(1); },
        ];
        foreach (Action<StateSection> describe in wrong)
        {
            Assert.Throws<InvalidOperationException>(() => Bytes.Of(describe));
            Assert.Throws<InvalidOperationException>(() => Bytes.Restore(bytes, describe));
        }
    }

    /// <summary>A stream such as that of a network: it goes forward only.</summary>
    private sealed class ForwardStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    }
}
