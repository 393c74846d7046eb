using Nudge.State;

namespace Nudge.Neurons.Tests.State;

public sealed class StateBytesTests
{
    private const int Turns = 300;

    [Fact]
    public void A_rented_state_is_nobody_elses_until_it_is_given_back() => Parallel.For(0, 8, saver =>
    {
        for (int turn = 0; turn < Turns; turn++)
        {
            var saved = new Block(1 + (((saver * 7919) + (turn * 104_729)) % 5_000), (byte)saver);
            byte[] state = StateBytes.Of("block", saved);
            ReadOnlyMemory<byte> rented = StateBytes.Rent("block", saved);
            Assert.True(rented.Span.SequenceEqual(state));
            if (turn % 3 == 0)
                Thread.Yield();
            Assert.True(rented.Span.SequenceEqual(state));
            StateBytes.GiveBack(rented);
        }
    });

    [Fact]
    public void A_buffer_serves_states_that_grow_by_a_few_bytes_from_save_to_save()
    {
        // Longer than those of tests beside, so that only one of its own is long enough.
        const int Length = 40 << 20;
        ReadOnlyMemory<byte> first = StateBytes.Rent("block", new Block(Length, 1));
        StateBytes.GiveBack(first);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int more = 1; more <= 1000; more += 333)
            StateBytes.GiveBack(StateBytes.Rent("block", new Block(Length + more, 1)));
        // The blocks themselves.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 4L * Length, 4.5 * Length);
    }

    [Fact]
    public void Bytes_after_a_state_are_refused()
    {
        byte[] state = StateBytes.Of("block", new Block(3, 1));

        StateBytes.Restore(state, "block", new Block(0, 0));

        byte[] longer = [.. state, 0];
        var error = Assert.Throws<InvalidDataException>(() => StateBytes.Restore(longer, "block", new Block(0, 0)));
        Assert.Contains("block", error.Message, StringComparison.Ordinal);
    }

    private sealed class Block : IStateful
    {
        private byte[] _bytes;

        internal Block(int length, byte value)
        {
            _bytes = new byte[length];
            Array.Fill(_bytes, value);
        }

        public void Describe(StateSection state) => state.VariableBytes(1, ref _bytes);
    }
}
