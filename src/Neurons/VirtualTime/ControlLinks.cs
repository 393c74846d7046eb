using Nudge.Clocks;
using Nudge.Interventions;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Signals;
using Nudge.State;

namespace Nudge.VirtualTime;

/// <summary>
/// The coordinator's links to input and output slices, and the broadcast of phase tags where these have links of their
/// own. With retries, what is not acknowledged is sent again until the next phase supersedes it.
/// </summary>
internal sealed class ControlLinks : IStateful
{
    private readonly ControlChannel[] _channels;
    private readonly Slab<InTransit> _inTransit = new();
    private readonly long _retryAfter;

    internal ControlLinks(NetworkPlan network)
    {
        _retryAfter = Math.Max(1, Ticks.FromTau(network.Settings.Links.Control.RetryAfter));
        NetworkSettings settings = network.Settings;
        _channels =
        [
            .. ControlPlan.Of(network).Select(plan => new ControlChannel(settings.Seed, settings.Lanes, plan)),
        ];
    }

    internal void Send(PhaseProgram program, TimingWheel wheel)
    {
        var phase = new PhaseSignal(program.Tag);
        foreach (ControlChannel channel in _channels)
        {
            ControlSignal signal = channel.Plan.Kind switch
            {
                ControlKind.Stimulus => program.Stimulus,
                ControlKind.Nudge => program.Target!,
                _ => phase,
            };
            channel.Awaited = channel.Retries ? signal : null;
            Send(channel, signal, wheel);
        }
    }

    internal void Arrive(int place, SliceExecution slices, TimingWheel wheel)
    {
        InTransit message = _inTransit.Take(place);
        ControlChannel channel = _channels[message.Channel];
        channel.CountDelivered();
        slices.Receive(channel.Plan.Target, message.Signal);
        if (!channel.Retries)
            return;
        // A second copy of an acknowledgement would change nothing, so none is scheduled.
        LinkFate fate = channel.Back.Send(wheel.Now, out long number);
        if (fate.Lost == LossCause.None)
            Schedule(EventKind.Acknowledgement, channel, number + 1, fate.Delay, message.Signal, wheel);
    }

    internal void Acknowledge(int place)
    {
        InTransit message = _inTransit.Take(place);
        ControlChannel channel = _channels[message.Channel];
        if (channel.Awaited?.Tag.Phase == message.Signal.Tag.Phase)
            channel.Awaited = null;
    }

    internal void Retry(int place, TimingWheel wheel)
    {
        InTransit message = _inTransit.Take(place);
        ControlChannel channel = _channels[message.Channel];
        if (channel.Awaited?.Tag.Phase == message.Signal.Tag.Phase)
            Send(channel, message.Signal, wheel);
    }

    /// <summary>Adds every channel to the ledger, each count from the end that made it.</summary>
    internal void AddTo(Ledger ledger)
    {
        long[] underWay = UnderWay();
        foreach (ControlChannel channel in _channels)
        {
            LinkCounters counters = channel.Forth.Counters;
            ledger.Add(
                channel.Plan.LedgerRow,
                new(counters.Sent),
                new LinkReport(channel.Plan.Index, counters, channel.Received, underWay[channel.Plan.Index]));
        }
    }

    /// <summary>From now on channels treat their messages as these conditions say.</summary>
    internal void Use(NetworkConditions conditions)
    {
        foreach (ControlChannel channel in _channels)
            channel.Use(conditions.Of(channel.Plan));
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        state.List(1, "channels", _channels);
        state.Section(2, "journeys", journeys => _inTransit.Describe(journeys, Describe));
    }

    // Retries that wait are not messages.
    private long[] UnderWay()
    {
        long[] underWay = new long[_channels.Length];
        foreach (InTransit message in _inTransit.Values())
            underWay[message.Channel] += message.Kind == EventKind.Control ? 1 : 0;
        return underWay;
    }

    private void Describe(StateSection state, ref InTransit message)
    {
        int channel = state.Index(1, message.Channel, _channels.Length);
        EventKind kind = state.Choice(2, message.Kind);
        ControlSignal? signal = _channels[channel].Signal(state, 3, message.Signal);
        message = new(channel, kind, signal ?? throw state.Fault("has no signal"));
    }

    private void Send(ControlChannel channel, ControlSignal signal, TimingWheel wheel)
    {
        LinkFate fate = channel.Forth.Send(wheel.Now, out long number);
        if (fate.Lost == LossCause.None)
            Schedule(EventKind.Control, channel, number, fate.Delay, signal, wheel);
        if (fate.Lost == LossCause.None && fate.Duplicated)
            Schedule(EventKind.Control, channel, ~number, fate.DuplicateDelay, signal, wheel);
        if (channel.Retries)
            Schedule(EventKind.Retry, channel, number, _retryAfter, signal, wheel);
    }

    private void Schedule(
        EventKind kind, ControlChannel channel, long number, long delay, ControlSignal signal, TimingWheel wheel)
    {
        ulong order = EventOrder.Of(kind, channel.Plan.Target.Population.Index, channel.Plan.Target.First);
        long ticket = (number * _channels.Length) + channel.Plan.Index;
        wheel.Schedule(new(wheel.Now + delay, order, ticket, _inTransit.Add(new(channel.Plan.Index, kind, signal))));
    }

    private readonly record struct InTransit(int Channel, EventKind Kind, ControlSignal Signal);
}
