using Nudge.Actors;

namespace Nudge.Neurons.Tests.Actors;

public sealed class StateBytesTests
{
    private const int Turns = 300;

    [Fact]
    public void A_rented_state_is_nobody_elses_until_it_is_given_back() => Parallel.For(0, 8, saver =>
    {
        for (int turn = 0; turn < Turns; turn++)
        {
            byte[] state = new byte[1 + ((saver * 7919) + (turn * 104_729)) % 5_000];
            Array.Fill(state, (byte)saver);
            ReadOnlyMemory<byte> rented = StateBytes.Rent(writer => writer.Write(state));
            Assert.True(rented.Span.SequenceEqual(state));
            if (turn % 3 == 0)
                Thread.Yield();
            Assert.True(rented.Span.SequenceEqual(state));
            StateBytes.GiveBack(rented);
        }
    });
}
