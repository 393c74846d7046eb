using Nudge.Clocks;
using Nudge.Interventions;
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
    private readonly ArrivingLink[] _links;
    private readonly ArrivingSource[] _sources;
    private readonly Dictionary<int, int> _sourcePlaces = [];
    private readonly List<int> _unasked = [];
    private readonly ArrivingChannel[] _channels;
    private readonly Dictionary<int, int> _channelPlace;
    private readonly PendingMessages _pending = new();
    private int _lostCount;

    /// <summary>Makes the receiving ends of a slice's present incarnation.</summary>
    /// <param name="network">The network.</param>
    /// <param name="plan">The slice's place in it.</param>
    /// <param name="fromStart">Whether the slice has been there since its neighbours began.</param>
    internal SliceArrivals(NetworkPlan network, SlicePlan plan, bool fromStart)
    {
        ulong seed = network.Settings.Seed;
        // The links of one source lie together. The first signal of an incarnation is number 1, the first of a channel number 0.
        _links =
        [
            .. network.LinksTo(plan).OrderBy(link => link.Source.Index)
                .Select(link => new ArrivingLink(link, new(link.CreateEnd(seed), first: 1, fromStart))),
        ];
        var sources = new List<ArrivingSource>();
        for (int place = 0; place < _links.Length; place++)
        {
            if (_sourcePlaces.TryAdd(_links[place].Source, sources.Count))
                sources.Add(new() { Slice = _links[place].Source, FirstLink = place });
            sources[^1] = sources[^1] with { Links = sources[^1].Links + 1 };
        }

        _sources = [.. sources];
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

    /// <summary>
    /// Draws the fate of one signal on each link that it arrives by. What a cut link did not carry is not asked for: the answer
    /// would be cut off too, and a slice that waits for it would never rest.
    /// </summary>
    internal void Receive(ActivityMessage message, long now)
    {
        ActivitySignal signal = message.Signal;
        if (!_sourcePlaces.TryGetValue(signal.Source, out int place))
            return;
        ref ArrivingSource source = ref _sources[place];
        bool missed = source.IsMissed;
        source.IsMissed = false;
        for (int link = source.FirstLink; link < source.FirstLink + source.Links; link++)
        {
            LinkFate fate = _links[link].Receiver.Receive(signal.Incarnation, signal.Sequence, now);
            _pending.Add(link, message, now, fate);
            if (fate.Lost == LossCause.None)
                _links[link].Passed = (signal.Incarnation, signal.Sequence);
            else if (fate.Lost == LossCause.Loss && !source.IsSilent)
                source.IsMissed |= !_links[link].HasPassed(message);
        }

        _lostCount += (source.IsMissed ? 1 : 0) - (missed ? 1 : 0);
        source.Newest = (signal.Incarnation, signal.Sequence);
        if (!source.IsMissed || source.IsUnasked)
            return;
        source.IsUnasked = true;
        _unasked.Add(place);
    }

    /// <summary>Whether a link lost the newest state of its source, and all repeats of it so far.</summary>
    internal bool MissesNewest => _lostCount > 0;

    /// <summary>
    /// Asks each source whose newest message a link lost for another one: once for each such message, since the ask names it
    /// and its source answers no ask for one after which it has sent.
    /// </summary>
    /// <param name="ask">Sends the question to a source.</param>
    internal void AskForMissed(Action<int, AskActivity> ask)
    {
        foreach (int place in _unasked)
        {
            ref ArrivingSource source = ref _sources[place];
            source.IsUnasked = false;
            if (source.IsMissed)
                ask(source.Slice, source.Question);
        }

        _unasked.Clear();
    }

    /// <summary>Asks one source once more, whether or not it has been asked: the answer, too, may have been lost.</summary>
    /// <param name="source">Index of the source.</param>
    /// <param name="ask">Sends the question to it.</param>
    internal void AskAgain(int source, Action<int, AskActivity> ask)
    {
        if (_sourcePlaces.TryGetValue(source, out int place) && _sources[place].IsMissed)
            ask(source, _sources[place].Question);
    }

    /// <summary>Draws the fate of one control message.</summary>
    internal void Receive(ControlMessage message, long now)
    {
        int place = _channelPlace[message.Channel];
        _pending.Add(~place, message, now, _channels[place].Receive(message.Number, now));
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

    /// <summary>What a source sent last is missed no more: it cannot be asked for it, and sends when it is back.</summary>
    internal void BecomesUnreachable(int slice)
    {
        if (_sourcePlaces.TryGetValue(slice, out int place))
            Forgo(ref _sources[place]);
    }

    /// <summary>From now on links, channels and sources are as these conditions say.</summary>
    internal void Use(NetworkConditions conditions)
    {
        for (int place = 0; place < _sources.Length; place++)
        {
            ref ArrivingSource source = ref _sources[place];
            source.IsSilent = conditions.IsSilent(_links[source.FirstLink].Projection.Source);
            if (source.IsSilent)
                Forgo(ref source);
        }

        foreach (ArrivingLink link in _links)
            link.Receiver.Use(conditions.Of(link.Projection));
        foreach (ArrivingChannel channel in _channels)
            channel.Use(conditions.Of(channel.Plan));
    }

    /// <summary>From here on this incarnation counts; what a restored state counted was another's.</summary>
    internal void BeginToCount(PopulationSlice slice)
    {
        for (int place = 0; place < _links.Length; place++)
            _links[place].ReceivedBefore = CountsOf(slice, place);
    }

    /// <summary>The counts of all links and of all control channels that arrive.</summary>
    internal (IReadOnlyList<LinkReport> Links, IReadOnlyList<LinkReport> Channels) Report(PopulationSlice slice)
    {
        IReadOnlyDictionary<int, long> waiting = _pending.Waiting();
        var links = new LinkReport[_links.Length];
        for (int place = 0; place < links.Length; place++)
        {
            ref ArrivingLink link = ref _links[place];
            links[place] = link.Receiver.Report(
                link.Index, CountsOf(slice, place).Since(link.ReceivedBefore), waiting.GetValueOrDefault(place));
        }

        return (links, [.. _channels.Select((channel, place) => channel.Report(waiting.GetValueOrDefault(~place)))]);
    }

    private void Forgo(ref ArrivingSource source)
    {
        _lostCount -= source.IsMissed ? 1 : 0;
        source.IsMissed = false;
    }

    private ReceiveCounters CountsOf(PopulationSlice slice, int place) =>
        slice.CountsOf(_links[place].AfferentSlot, _links[place].SourceSlot);

    private void Deliver(
        PopulationSlice slice, ControlMessage message, int place, long now, Action<Acknowledgement> acknowledge)
    {
        ArrivingChannel channel = _channels[place];
        channel.CountDelivered();
        slice.Receive(message.Signal);
        // A second copy of an acknowledgement would change nothing, so none is sent.
        if (channel.Retries && channel.Back.Send(now, out _).Lost == LossCause.None)
            acknowledge(new(message.Channel, message.Signal.Tag.Phase));
    }

    /// <summary>One link at its receiving end.</summary>
    private struct ArrivingLink(LinkPlan plan, LinkReceiver receiver)
    {
        internal LinkReceiver Receiver = receiver;

        internal readonly int Index { get; } = plan.Index;

        internal readonly ProjectionPlan Projection { get; } = plan.Projection;

        internal readonly int Source { get; } = plan.Source.Index;

        internal readonly int AfferentSlot { get; } = plan.AfferentSlot;

        internal readonly int SourceSlot { get; } = plan.SourceSlot;

        internal ReceiveCounters ReceivedBefore { get; set; }

        /// <summary>The newest message that it did not lose.</summary>
        internal (int Incarnation, long Sequence) Passed { get; set; }

        /// <summary>Whether it let pass what a message repeats.</summary>
        internal readonly bool HasPassed(ActivityMessage message) => message.Repeats > 0
            && Passed.Incarnation == message.Signal.Incarnation && Passed.Sequence >= message.Signal.Sequence - message.Repeats;
    }

    /// <summary>What is known of one source.</summary>
    private record struct ArrivingSource
    {
        internal int Slice { get; init; }

        internal int FirstLink { get; init; }

        internal int Links { get; init; }

        /// <summary>What it sent last, as far as that came.</summary>
        internal (int Incarnation, long Sequence) Newest { get; set; }

        /// <summary>Whether a link lost that.</summary>
        internal bool IsMissed { get; set; }

        /// <summary>Whether its clock stands still: it answers nothing, and a slice that waits for its answer would never rest.</summary>
        internal bool IsSilent { get; set; }

        /// <summary>Whether it is yet to be asked for another one.</summary>
        internal bool IsUnasked { get; set; }

        internal readonly AskActivity Question => new(Newest.Incarnation, Newest.Sequence);
    }

    /// <summary>One control channel at its receiving end, and the sending end of its acknowledgements.</summary>
    private sealed class ArrivingChannel(ControlPlan plan, ulong seed, bool fromStart)
    {
        private LinkReceiver _receiver = new(plan.CreateEnd(seed), first: 0, fromStart);
        private ReceiveCounters _received;

        internal ControlPlan Plan => plan;

        internal LinkEnd Back { get; } = plan.CreateAcknowledgementEnd(seed);

        internal bool Retries { get; private set; } = plan.Retries;

        internal void Use(LinkCondition condition)
        {
            _receiver.Use(condition);
            Back.Use(condition);
            Retries = plan.Retries || (plan.MayRetry && condition.Loses);
        }

        internal LinkFate Receive(long number, long now) => _receiver.Receive(0, number, now);

        internal LinkReport Report(long waiting) => _receiver.Report(plan.Index, _received, waiting);

        internal void CountDelivered() => _received.Delivered++;
    }
}
