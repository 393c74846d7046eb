using Nudge.Clocks;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Randomness;
using Nudge.Signals;
using Nudge.Topology;

namespace Nudge.Actors;

/// <summary>
/// A slice with its clock, the receiving ends of its links and its mail: all that outlives a restart of its actor. Loss and
/// delay are injected here, at the receiving end; a lost message still wakes its receiver, because pacing belongs to the
/// simulation and only the information was lost.
/// </summary>
internal sealed partial class SliceHost
{
    private readonly Dictionary<int, int[]> _linksFrom;
    private readonly LinkPlan[] _links;
    private readonly LinkModel[] _models;
    private readonly LinkCounts[] _counts;
    private readonly Dictionary<int, int> _channelPlace;
    private readonly ControlPlan[] _channels;
    private readonly LinkModel[] _channelModels;
    private readonly LinkModel[] _acknowledgementModels;
    private readonly LinkCounts[] _channelCounts;
    private readonly long[] _channelDelivered;
    private readonly long[] _acknowledged;
    private readonly SequenceGaps[] _gaps;
    private readonly SequenceGaps[] _channelGaps;
    private readonly HeardCounts[] _heardBefore;
    private readonly Inbox _inbox = new();
    private long _now;

    /// <summary>Makes the host of a slice's first life.</summary>
    internal SliceHost(NetworkPlan network, SlicePlan plan)
        : this(network, plan, network.CreateSlice(plan), fromStart: true)
    {
    }

    /// <summary>Makes the host of one life of a slice.</summary>
    /// <param name="network">The network.</param>
    /// <param name="plan">The slice's place in it.</param>
    /// <param name="slice">The slice as this life finds it.</param>
    /// <param name="fromStart">Whether it has been there since its neighbours began.</param>
    internal SliceHost(NetworkPlan network, SlicePlan plan, PopulationSlice slice, bool fromStart)
    {
        ulong seed = network.Settings.Seed;
        Slice = slice;
        Clock = SliceClock.Create(network, plan);
        Outlets = new(network, plan);
        _links = [.. network.Links.Where(link => link.Target == plan)];
        _models = [.. _links.Select(link => new LinkModel(link.Projection.Link, new(seed, RandomPurpose.LinkFate, link.Key)))];
        _counts = new LinkCounts[_links.Length];
        _linksFrom = _links.Select((link, place) => (link.Source.Index, place))
            .GroupBy(pair => pair.Index, pair => pair.place)
            .ToDictionary(group => group.Key, group => group.ToArray());
        _channels = [.. ControlPlan.Of(network).Where(channel => channel.Target == plan)];
        _channelPlace = _channels.Select((channel, place) => (channel.Index, place)).ToDictionary(p => p.Index, p => p.place);
        _channelModels = [.. _channels.Select(channel => channel.Model(seed, forth: true))];
        _acknowledgementModels = [.. _channels.Select(channel => channel.Model(seed, forth: false))];
        _channelCounts = new LinkCounts[_channels.Length];
        _channelDelivered = new long[_channels.Length];
        _acknowledged = new long[_channels.Length];
        // The first signal of an incarnation is number 1, the first of a channel number 0.
        _gaps = [.. _links.Select(_ => new SequenceGaps(1, fromStart))];
        _channelGaps = [.. _channels.Select(_ => new SequenceGaps(0, fromStart))];
        // Cuts of links are at moments of the slice's time, which goes on from life to life.
        _now = Ticks.FromTau(slice.LocalTime);
        _heardBefore = new HeardCounts[_links.Length];
        BeginToCount();
    }

    internal PopulationSlice Slice { get; }

    internal LocalClock Clock { get; }

    /// <summary>Whom it speaks to, once it has been introduced.</summary>
    internal Outlets Outlets { get; }

    /// <summary>Messages of activity that one round of all its sources brings.</summary>
    internal int Sources => _links.Length;

    internal long Sent { get; private set; }

    /// <summary>What the last step made known to a coordinator that seeks the best b, or null.</summary>
    internal PhaseReport? Report { get; private set; }

    internal bool HasMail => !_inbox.IsEmpty;

    internal void Receive(ActivityMessage message)
    {
        ActivitySignal signal = message.Signal;
        if (!_linksFrom.TryGetValue(signal.Source, out int[]? places))
            return;
        foreach (int place in places)
        {
            _gaps[place].See(signal.Incarnation, signal.Sequence);
            LinkFate fate = _models[place].Decide(FateNumber(signal), _now);
            Count(ref _counts[place], fate);
            if (fate.Lost != LossCause.None)
                continue;
            _inbox.Add(place, message, _now, fate.Delay);
            if (fate.Duplicated)
                _inbox.Add(place, message, _now, fate.DuplicateDelay);
        }
    }

    internal void Receive(ControlMessage message)
    {
        int place = _channelPlace[message.Channel];
        _channelGaps[place].See(0, message.Number);
        LinkFate fate = _channelModels[place].Decide(message.Number, _now);
        Count(ref _channelCounts[place], fate);
        if (fate.Lost != LossCause.None)
            return;
        _inbox.Add(~place, message, _now, fate.Delay);
        if (fate.Duplicated)
            _inbox.Add(~place, message, _now, fate.DuplicateDelay);
    }

    /// <summary>Hears what is due by the next tick of the own clock, and steps.</summary>
    /// <param name="acknowledge">Told of control messages that are to be acknowledged.</param>
    internal StepOutcome Step(Action<Acknowledgement> acknowledge)
    {
        ClockTick tick = Clock.Next();
        _now += Math.Max(1, Ticks.FromTau(tick.Elapsed));
        Hear(_now, acknowledge);
        PhaseNumber before = Slice.Tag.Phase;
        StepOutcome outcome = Slice.Step(tick.Elapsed);
        Report = Slice.Tag.Phase != before && Slice.Spread is { } spread ? new(Slice.Plan.Index, spread) : null;
        if (Slice.Tag.Phase != before && !Slice.IsFinite)
            throw NumericalException.For(Slice, Ticks.ToTau(_now));
        return outcome;
    }

    /// <summary>Hears all that waits, due or not: a life that ends in order leaves nothing under way.</summary>
    internal void HearAll() => Hear(long.MaxValue, _ => { });

    internal ActivityMessage Send()
    {
        Sent++;
        return new(Slice.Send(null));
    }

    /// <summary>What the coordinator is told of what was just sent.</summary>
    internal AnswerMessage Answer(ActivityMessage sent)
    {
        ActivitySignal signal = sent.Signal;
        if (Slice.AnswerSize == Slice.Plan.Count)
            return new(signal.Source, signal.Tag.Phase, signal.Frame);
        float[] answer = new float[Slice.AnswerSize * signal.Tag.Importance.Length];
        Slice.CopyAnswer(answer);
        return new(signal.Source, signal.Tag.Phase, ActivityFrame.Of(answer));
    }

    // Every life counts from 1, and shall not meet the fates of the last one's messages again.
    private static long FateNumber(in ActivitySignal signal) => ((long)(signal.Incarnation & 0xFF) << 36) | signal.Sequence;

    private void Hear(long upTo, Action<Acknowledgement> acknowledge)
    {
        while (_inbox.TryTakeDue(upTo, out int place, out object mail, out long delay))
        {
            if (mail is ActivityMessage activity)
                Slice.Hear(
                    _links[place].AfferentSlot, _links[place].SourceSlot, activity.Signal, Ticks.ToTau(delay));
            else
                Hear((ControlMessage)mail, ~place, acknowledge);
        }
    }

    private void Hear(ControlMessage message, int place, Action<Acknowledgement> acknowledge)
    {
        _channelDelivered[place]++;
        Slice.Hear(message.Signal);
        if (!_channels[place].Retries)
            return;
        LinkFate fate = _acknowledgementModels[place].Decide(_acknowledged[place]++, _now);
        if (fate.Lost == LossCause.None)
            acknowledge(new(message.Channel, message.Signal.Tag.Phase));
    }
}
