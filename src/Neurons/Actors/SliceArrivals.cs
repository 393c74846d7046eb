using Nudge.Clocks;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.Topology;

namespace Nudge.Actors;

/// <summary>
/// The receiving ends of all links and control channels of one slice. Loss and delay are injected here, where messages
/// arrive; a lost message still activates its receiver, because pacing belongs to the simulation and only the
/// information was lost.
/// </summary>
internal sealed class SliceArrivals
{
    private readonly LinkPlan[] _links;
    private readonly LinkReceiver[] _receivers;
    private readonly ReceiveCounters[] _receivedBefore;
    private readonly Dictionary<int, int[]> _linksFrom;
    private readonly ArrivingChannel[] _channels;
    private readonly Dictionary<int, int> _channelPlace;
    private readonly PendingMessages _pending = new();
    private readonly bool[] _lost;
    private int _lostCount;

    /// <summary>Makes the receiving ends of a slice's present incarnation.</summary>
    /// <param name="network">The network.</param>
    /// <param name="plan">The slice's place in it.</param>
    /// <param name="fromStart">Whether the slice has been there since its neighbours began.</param>
    internal SliceArrivals(NetworkPlan network, SlicePlan plan, bool fromStart)
    {
        ulong seed = network.Settings.Seed;
        _links = [.. network.Links.Where(link => link.Target == plan)];
        // The first signal of an incarnation is number 1, the first of a channel number 0.
        _receivers = [.. _links.Select(link => new LinkReceiver(link.CreateEnd(seed), first: 1, fromStart))];
        _receivedBefore = new ReceiveCounters[_links.Length];
        _lost = new bool[_links.Length];
        _linksFrom = _links.Select((link, place) => (link.Source.Index, place))
            .GroupBy(pair => pair.Index, pair => pair.place)
            .ToDictionary(group => group.Key, group => group.ToArray());
        _channels =
        [
            .. ControlPlan.Of(network).Where(channel => channel.Target == plan)
                .Select(channel => new ArrivingChannel(channel, seed, fromStart)),
        ];
        _channelPlace = _channels.Select((channel, place) => (channel.Plan.Index, place))
            .ToDictionary(pair => pair.Index, pair => pair.place);
    }

    /// <summary>Whether no message waits for its time.</summary>
    internal bool IsEmpty => _pending.IsEmpty;

    /// <summary>Draws the fate of one signal on each link that it arrives by.</summary>
    internal void Receive(ActivityMessage message, long now)
    {
        ActivitySignal signal = message.Signal;
        if (!_linksFrom.TryGetValue(signal.Source, out int[]? places))
            return;
        foreach (int place in places)
        {
            LinkFate fate = _receivers[place].Receive(signal.Incarnation, signal.Sequence, now);
            _pending.Add(place, message, now, fate);
            bool lost = fate.Lost != LossCause.None;
            if (lost != _lost[place])
                _lostCount += lost ? 1 : -1;
            _lost[place] = lost;
        }
    }

    /// <summary>Whether a link lost the newest message of its source.</summary>
    internal bool MissesNewest => _lostCount > 0;

    /// <summary>Whether a link lost the newest message of a source.</summary>
    internal bool MissesNewestOf(int source)
    {
        if (!_linksFrom.TryGetValue(source, out int[]? places))
            return false;
        foreach (int place in places)
        {
            if (_lost[place])
                return true;
        }

        return false;
    }

    /// <summary>Draws the fate of one control message.</summary>
    internal void Receive(ControlMessage message, long now)
    {
        int place = _channelPlace[message.Channel];
        _pending.Add(~place, message, now, _channels[place].Receiver.Receive(0, message.Number, now));
    }

    /// <summary>Gives a slice every message that is due.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="upTo">Messages due later keep waiting.</param>
    /// <param name="now">The slice's time, in ticks.</param>
    /// <param name="acknowledge">Receives the acknowledgements that are to be sent.</param>
    internal void Deliver(PopulationSlice slice, long upTo, long now, Action<Acknowledgement> acknowledge)
    {
        while (_pending.TryTakeDue(upTo, out int place, out object message, out long delay))
        {
            if (message is ActivityMessage activity)
                slice.Receive(_links[place].AfferentSlot, _links[place].SourceSlot, activity.Signal, Ticks.ToTau(delay));
            else
                Deliver(slice, (ControlMessage)message, ~place, now, acknowledge);
        }
    }

    /// <summary>From here on this incarnation counts; what a restored state counted was another's.</summary>
    internal void BeginToCount(PopulationSlice slice)
    {
        for (int place = 0; place < _links.Length; place++)
            _receivedBefore[place] = CountsOf(slice, place);
    }

    /// <summary>The counts of all links that arrive.</summary>
    internal IReadOnlyList<LinkReport> ReportLinks(PopulationSlice slice) =>
    [
        .. _receivers.Select((receiver, place) => receiver.Report(
            _links[place].Index,
            CountsOf(slice, place).Since(_receivedBefore[place]),
            _pending.Waiting(place))),
    ];

    /// <summary>The counts of all control channels that arrive.</summary>
    internal IReadOnlyList<LinkReport> ReportChannels() =>
    [
        .. _channels.Select((channel, place) => channel.Receiver.Report(
            channel.Plan.Index, channel.Received, _pending.Waiting(~place))),
    ];

    private ReceiveCounters CountsOf(PopulationSlice slice, int place) =>
        slice.CountsOf(_links[place].AfferentSlot, _links[place].SourceSlot);

    private void Deliver(
        PopulationSlice slice, ControlMessage message, int place, long now, Action<Acknowledgement> acknowledge)
    {
        ArrivingChannel channel = _channels[place];
        channel.CountDelivered();
        slice.Receive(message.Signal);
        // A second copy of an acknowledgement would change nothing, so none is sent.
        if (channel.Plan.Retries && channel.Back.Send(now, out _).Lost == LossCause.None)
            acknowledge(new(message.Channel, message.Signal.Tag.Phase));
    }

    /// <summary>One control channel at its receiving end, and the sending end of its acknowledgements.</summary>
    private sealed class ArrivingChannel(ControlPlan plan, ulong seed, bool fromStart)
    {
        private ReceiveCounters _received;

        internal ControlPlan Plan => plan;

        internal LinkReceiver Receiver { get; } = new(plan.CreateEnd(seed), first: 0, fromStart);

        internal LinkEnd Back { get; } = plan.CreateAcknowledgementEnd(seed);

        internal ReceiveCounters Received => _received;

        internal void CountDelivered() => _received.Delivered++;
    }
}
