using CsCheck;
using Nudge.Links;
using Nudge.Randomness;
using Nudge.State;

namespace Nudge.Neurons.Tests.Links;

/// <summary>The end of a link that draws and counts fates, at the sender and at the receiver.</summary>
public sealed class LinkEndTests
{
    private const int Messages = 300;

    [Fact]
    public void The_sending_and_the_receiving_end_draw_the_same_fate_for_the_same_message() =>
        Gen.Select(LedgerTests.Link, Gen.ULong, Gen.Long[0, 1], Gen.Int[1, 100_000]).Sample((settings, seed, first, gap) =>
        {
            LinkEnd sending = End(settings, seed);
            LinkEnd atReceiver = End(settings, seed);
            var receiving = new LinkReceiver(atReceiver, first, fromStart: true);
            for (int i = 0; i < Messages; i++)
            {
                LinkFate fate = sending.Send((long)i * gap, out long number);
                Assert.Equal(i, number);
                Assert.Equal(fate, receiving.Receive(0, first + i, (long)i * gap));
            }

            Assert.Equal(Messages, sending.Counters.Sent);
            Assert.Equal(sending.Counters with { Sent = 0 }, atReceiver.Counters);
        });

    [Fact]
    public void What_an_end_counts_is_what_became_of_its_messages() =>
        Gen.Select(LedgerTests.Link, Gen.ULong, Gen.Int[1, 100_000]).Sample((settings, seed, gap) =>
        {
            LinkEnd end = End(settings, seed);
            List<LinkFate> fates = [.. Enumerable.Range(0, Messages).Select(i => end.Send((long)i * gap, out _))];
            Assert.Equal(Messages, end.Counters.Sent);
            Assert.Equal(fates.Count(fate => fate.Lost == LossCause.Loss), end.Counters.Lost);
            Assert.Equal(fates.Count(fate => fate.Lost == LossCause.Partition), end.Counters.Cut);
            Assert.Equal(fates.Count(fate => fate.Duplicated), end.Counters.Duplicated);
        });

    [Fact]
    public void A_restored_end_draws_and_counts_on_as_if_it_had_never_been_saved() =>
        Gen.Select(LedgerTests.Link, Gen.ULong, Gen.Int[0, Messages]).Sample((settings, seed, before) =>
        {
            LinkEnd end = End(settings, seed);
            for (int i = 0; i < before; i++)
                end.Send(1000L * i, out _);
            LinkEnd restored = End(settings, seed);
            StateBytes.Restore(StateBytes.Of("link", end), "link", restored);
            for (int i = before; i < 2 * Messages; i++)
                Assert.Equal(end.Send(1000L * i, out _), restored.Send(1000L * i, out _));
            Assert.Equal(end.Counters, restored.Counters);
        });

    [Fact]
    public void No_two_incarnations_of_a_sender_share_the_number_of_a_message()
    {
        var numbers = new HashSet<long>();
        foreach (int incarnation in new[] { 0, 1, 2, 255 })
        {
            foreach (long count in new[] { 0, 1, (1L << 36) - 1 })
                Assert.True(numbers.Add(LinkEnd.NumberOf(incarnation, count)), $"{incarnation}, {count}");
        }
    }

    private static LinkEnd End(LinkSettings settings, ulong seed) =>
        new(settings, new RandomKey(seed, RandomPurpose.LinkFate, 5));
}
