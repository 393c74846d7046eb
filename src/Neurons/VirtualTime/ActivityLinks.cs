using System.Runtime.CompilerServices;
using Nudge.Clocks;
using Nudge.Interventions;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.State;
using Nudge.Topology;

namespace Nudge.VirtualTime;

/// <summary>All links between slices: decides each message's fate when it is sent, and holds those under way.</summary>
internal sealed class ActivityLinks : IStateful
{
    private readonly NetworkPlan _network;
    private readonly LinkPlan[] _links;
    private readonly LinkEnd[] _ends;
    private readonly int[][] _efferents;
    private readonly ulong[] _order;
    private readonly AcknowledgedSending? _acknowledged;
    private readonly MissingRequests? _requests;
    private readonly Slab<InTransit> _inTransit = new();
    private readonly Dictionary<(int Source, long Sequence), SentSignal> _restored = [];

    internal ActivityLinks(NetworkPlan network)
    {
        _network = network;
        _links = [.. network.Links];
        SendSettings send = network.Settings.Links.Activity.Send;
        _acknowledged = send.When == SendWhen.Acknowledged ? new(network, _restored) : null;
        _requests = send is { When: SendWhen.Change, RequestMissing: true } ? new(network) : null;
        _ends = [.. network.Links.Select(link => link.CreateEnd(network.Settings.Seed))];
        _efferents =
        [
            .. network.Slices.Select(slice => network.LinksFrom(slice).Select(link => link.Index).ToArray()),
        ];
        _order =
        [
            .. network.Links.Select(link =>
                EventOrder.Of(EventKind.Activity, link.Target.Population.Index, link.Target.First)),
        ];
    }

    /// <summary>Sends one signal along every link that leaves its slice.</summary>
    internal void Send(int slice, SentSignal sent, SliceExecution slices, TimingWheel wheel)
    {
        sent.Hold();
        foreach (int link in _efferents[slice])
        {
            if (_acknowledged is null)
                SendOn(link, sent, slices, wheel);
            else if (_acknowledged.HasRoom(link))
                _acknowledged.Begin(link, SendOn(link, sent, slices, wheel), sent, wheel);
        }

        sent.Release();
    }

    /// <summary>An acknowledgement has reached the sender of a message.</summary>
    internal void ArriveAcknowledgement(int place) => _acknowledged!.Arrive(place);

    /// <summary>A request for what is missing has reached the sender.</summary>
    internal void ArriveRequest(int place, SliceExecution slices) => _requests!.Arrive(place, slices);

    /// <summary>Sends a message again if its acknowledgement has not come.</summary>
    internal void TimeOut(int place, SliceExecution slices, TimingWheel wheel)
    {
        if (!_acknowledged!.TryTakeOverdue(place, out int link, out SentSignal sent))
            return;
        _acknowledged.AwaitAcknowledgement(link, SendOn(link, sent, slices, wheel), sent, wheel);
        sent.Release();
    }

    /// <summary>Ends one message at the slice that it was bound for; gives the signal's number for the record.</summary>
    internal long Arrive(int place, SliceExecution slices, TimingWheel wheel)
    {
        (int link, SentSignal sent, double transit) = _inTransit.Take(place);
        long sequence = sent.Sequence;
        slices.Receive(_links[link], sent, transit);
        _acknowledged?.Acknowledge(link, sequence, wheel);
        _requests?.Note(link, sequence, wheel);
        return sequence;
    }

    /// <summary>Adds every link to the ledger, each count from the end that made it.</summary>
    internal void AddTo(Ledger ledger, PopulationSlice?[] slices)
    {
        long[] underWay = UnderWay();
        foreach (LinkPlan link in _links)
        {
            LinkCounters counters = _ends[link.Index].Counters;
            ReceiveCounters received = slices[link.Target.Index]?.CountsOf(link.AfferentSlot, link.SourceSlot) ?? default;
            ledger.Add(
                link.Projection.Name,
                new(counters.Sent),
                new LinkReport(link.Index, counters, received, underWay[link.Index]));
        }

        _acknowledged?.AddTo(ledger);
        _requests?.AddTo(ledger);
    }

    /// <summary>Signals that have not reached all their receivers, or lack an acknowledgement.</summary>
    internal IEnumerable<(SlicePlan Source, SentSignal Sent)> SignalsUnderWay() =>
        _inTransit.Values().Select(message => (message.Link, message.Sent))
            .Concat(_acknowledged?.Unacknowledged() ?? [])
            .Select(one => (_links[one.Link].Source, one.Sent));

    /// <summary>From now on links treat their messages as these conditions say.</summary>
    internal void Use(NetworkConditions conditions)
    {
        foreach (LinkPlan link in _links)
            _ends[link.Index].Use(conditions.Of(link.Projection));
        _acknowledged?.Use(conditions);
        _requests?.Use(conditions);
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        _restored.Clear();
        state.List(1, "ends", _ends);
        state.Section(2, "journeys", journeys => _inTransit.Describe(journeys, Describe));
        if (_acknowledged is not null)
            state.Section(3, "acknowledged", _acknowledged);
        if (_requests is not null)
            state.Section(4, "requests", _requests);
        _restored.Clear();
    }

    private void Describe(StateSection state, ref InTransit message)
    {
        int link = state.Index(1, message.Link, _links.Length);
        int lanes = _network.Settings.Lanes;
        SentSignal sent = state.Sent(2, message.Sent, lanes, _links[link].Source, _restored);
        message = new(link, sent, state.Item(3, message.Transit));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long SendOn(int link, SentSignal sent, SliceExecution slices, TimingWheel wheel)
    {
        LinkFate fate = _ends[link].Send(wheel.Now, out long number);
        if (fate.Lost != LossCause.None)
            return number;
        slices.Sends(_links[link], sent);
        Depart(link, number, fate, sent, wheel);
        return number;
    }

    private long[] UnderWay()
    {
        long[] underWay = new long[_ends.Length];
        foreach (InTransit message in _inTransit.Values())
            underWay[message.Link]++;
        return underWay;
    }

    private void Depart(int link, long number, in LinkFate fate, SentSignal sent, TimingWheel wheel)
    {
        // One number for each message of each link orders those that arrive at one slice at one instant.
        long ticket = (number * _ends.Length) + link;
        wheel.Schedule(new(wheel.Now + fate.Delay, _order[link], ticket, AddInTransit(link, sent, fate.Delay)));
        if (!fate.Duplicated)
            return;
        wheel.Schedule(new(wheel.Now + fate.DuplicateDelay, _order[link], ~ticket, AddInTransit(link, sent, fate.DuplicateDelay)));
    }

    private int AddInTransit(int link, SentSignal sent, long delay)
    {
        sent.Hold();
        return _inTransit.Add(new(link, sent, Ticks.ToTau(delay)));
    }

    private readonly record struct InTransit(int Link, SentSignal Sent, double Transit);
}
