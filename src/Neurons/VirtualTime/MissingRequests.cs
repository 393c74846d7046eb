using Nudge.Links;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.State;
using Nudge.Topology;

namespace Nudge.VirtualTime;

/// <summary>
/// Negative acknowledgements of links that carry changes: a receiver that finds a gap in a sender's numbers asks it to send
/// all units once. The requests travel back along the link, delayed and lost as its messages are.
/// </summary>
internal sealed class MissingRequests : IStateful
{
    private readonly LinkPlan[] _links;
    private readonly LinkEnd[] _back;
    private readonly ulong[] _order;
    private readonly long[] _newest;
    private readonly long[] _received;
    private readonly Slab<int> _inTransit = new();

    internal MissingRequests(NetworkPlan network)
    {
        _links = [.. network.Links];
        _back = [.. _links.Select(link => link.CreateReturnEnd(network.Settings.Seed))];
        _order =
        [
            .. _links.Select(link => EventOrder.Of(EventKind.ActivityRequest, link.Source.Population.Index, link.Source.First)),
        ];
        _newest = new long[_links.Length];
        _received = new long[_links.Length];
    }

    /// <summary>Notes the number of a message that has arrived, and asks for what is missing before it.</summary>
    internal void Note(int link, long sequence, TimingWheel wheel)
    {
        bool gap = sequence > _newest[link] + 1;
        _newest[link] = Math.Max(_newest[link], sequence);
        if (!gap)
            return;
        LinkFate fate = _back[link].Send(wheel.Now, out long number);
        if (fate.Lost != LossCause.None)
            return;
        long ticket = (number * _links.Length) + link;
        wheel.Schedule(new(wheel.Now + fate.Delay, _order[link], ticket, _inTransit.Add(link)));
        if (fate.Duplicated)
            wheel.Schedule(new(wheel.Now + fate.DuplicateDelay, _order[link], ~ticket, _inTransit.Add(link)));
    }

    /// <summary>Ends a request at the sender, which sends all units at its next step.</summary>
    internal void Arrive(int place, PopulationSlice[] slices)
    {
        int link = _inTransit.Take(place);
        _received[link]++;
        slices[_links[link].Source.Index].SendAllAtNextStep();
    }

    /// <summary>Adds the requests of every link to the ledger.</summary>
    internal void AddTo(Ledger ledger)
    {
        ILookup<int, int> underWay = _inTransit.Values().ToLookup(link => link);
        foreach (LinkPlan link in _links)
        {
            LinkCounters counters = _back[link.Index].Counters;
            ledger.Add(
                $"{link.Projection.Name}.requests",
                new(counters.Sent),
                new LinkReport(link.Index, counters, new(_received[link.Index], 0, 0), underWay[link.Index].Count()));
        }
    }

    internal void HoldPartitions(long time)
    {
        foreach (LinkEnd end in _back)
            end.HoldPartitions(time);
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        state.List(1, "ends", _back);
        state.Integers(2, _newest);
        state.Integers(3, _received);
        state.Section(4, "journeys", journeys => _inTransit.Describe(
            journeys, (StateSection one, ref int link) => link = one.Index(1, link, _links.Length)));
    }
}
