using Nudge.Interventions;
using Nudge.Links;
using Nudge.Networks;
using Nudge.State;
using Nudge.Topology;

namespace Nudge.VirtualTime;

/// <summary>
/// The ways back along all links between slices, from receiver to sender. A message names one of the sender's own by its
/// number, and is delayed and lost as those are.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="arrival">The kind of event that a message ends in.</param>
/// <param name="row">What the ledger calls the messages, after the name of the projection.</param>
internal sealed class ReturnLinks(NetworkPlan network, EventKind arrival, string row) : IStateful
{
    private readonly LinkPlan[] _links = [.. network.Links];
    private readonly LinkEnd[] _ends = [.. network.Links.Select(link => link.CreateReturnEnd(network.Settings.Seed))];
    private readonly ulong[] _order =
    [
        .. network.Links.Select(link => EventOrder.Of(arrival, link.Source.Population.Index, link.Source.First)),
    ];
    private readonly long[] _received = new long[network.Links.Count];
    private readonly Slab<ReturnMessage> _inTransit = new();

    /// <summary>Sends a message.</summary>
    internal void Send(in ReturnMessage message, TimingWheel wheel)
    {
        LinkFate fate = _ends[message.Link].Send(wheel.Now, out long number);
        if (fate.Lost != LossCause.None)
            return;
        ulong order = _order[message.Link];
        // One number for each message of each link orders those that arrive at one slice at one instant.
        long ticket = (number * _links.Length) + message.Link;
        wheel.Schedule(new(wheel.Now + fate.Delay, order, ticket, _inTransit.Add(message)));
        if (fate.Duplicated)
            wheel.Schedule(new(wheel.Now + fate.DuplicateDelay, order, ~ticket, _inTransit.Add(message)));
    }

    /// <summary>Ends a message at the sender.</summary>
    internal ReturnMessage Arrive(int place)
    {
        ReturnMessage message = _inTransit.Take(place);
        _received[message.Link]++;
        return message;
    }

    /// <summary>Adds every link to the ledger, each count from the end that made it.</summary>
    internal void AddTo(Ledger ledger)
    {
        ILookup<int, ReturnMessage> underWay = _inTransit.Values().ToLookup(message => message.Link);
        foreach (LinkPlan link in _links)
        {
            LinkCounters counters = _ends[link.Index].Counters;
            ledger.Add(
                $"{link.Projection.Name}.{row}",
                new(counters.Sent),
                new LinkReport(link.Index, counters, new(_received[link.Index], 0, 0), underWay[link.Index].Count()));
        }
    }

    /// <summary>From now on links treat their messages as these conditions say.</summary>
    internal void Use(NetworkConditions conditions)
    {
        foreach (LinkPlan link in _links)
            _ends[link.Index].Use(conditions.Of(link.Projection));
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        state.List(1, "ends", _ends);
        state.Integers(2, _received);
        state.Section(3, "journeys", journeys => _inTransit.Describe(journeys, Describe));
    }

    private void Describe(StateSection state, ref ReturnMessage message) =>
        message = new(state.Index(1, message.Link, _links.Length), state.Item(2, message.Sequence, "sequence"));
}

/// <summary>Something that the receiver of a link tells its sender.</summary>
/// <param name="Link">The link.</param>
/// <param name="Sequence">The number of the sender's message that it is about.</param>
internal readonly record struct ReturnMessage(int Link, long Sequence);
