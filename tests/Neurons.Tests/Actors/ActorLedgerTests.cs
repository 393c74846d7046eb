using Nudge.Actors;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Testing;
using Nudge.Topology;

namespace Nudge.Neurons.Tests.Actors;

/// <summary>Counters over the incarnations of slices, the input's first one cut short.</summary>
public sealed class ActorLedgerTests
{
    private readonly NetworkPlan _network = NetworkCompiler.Compile(SmallNetwork.Settings(2, 4, 2), 1);

    [Fact]
    public void An_incarnation_that_was_cut_short_sent_at_least_what_was_received_of_it()
    {
        LedgerEntry entry = Close(
            [Sender("in", 1, sent: 90), Sender("in", 2, sent: 40),
                Receiver(delivered: 135, new ReceivedUpTo(1, 100), new ReceivedUpTo(2, 40))]);
        Assert.Equal(140, entry.Sent);
        Assert.Equal(5, entry.Unaccounted);
    }

    [Fact]
    public void What_an_incarnation_reported_counts_where_more_was_reported_than_received() =>
        Assert.Equal(
            7, Close([Sender("in", 1, sent: 107), Receiver(delivered: 100, new ReceivedUpTo(1, 100))]).Unaccounted);

    [Fact]
    public void Incarnations_of_a_receiver_add_up() => Assert.Equal(
        0,
        Close([
            Sender("in", 1, sent: 100), Receiver(delivered: 60, new ReceivedUpTo(1, 60)),
            Receiver(delivered: 40, new ReceivedUpTo(1, 100)) with { Incarnation = 2 },
        ]).Unaccounted);

    private LedgerEntry Close(IReadOnlyList<SliceCounters> counters) =>
        ActorLedger.CloseActivity(_network, counters).Single(entry => entry.Link == "in-hidden");

    private SliceCounters Sender(string population, int incarnation, long sent, params LinkReport[] received) => new(
        _network.Slices.Single(slice => slice.Population.Name == population).Index,
        sent, 0, 0, default, 0, new(), received, [])
    {
        Incarnation = incarnation,
    };

    private SliceCounters Receiver(long delivered, params ReceivedUpTo[] incarnations)
    {
        LinkPlan link = _network.Links.Single(one => one.Projection.Name == "in-hidden");
        return Sender(
            "hidden", 1, 0,
            new LinkReport(link.Index, default, new(delivered, 0, 0), 0) { Incarnations = incarnations });
    }
}
