using Nudge.Interventions;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Signals;
using Nudge.State;

namespace Nudge.VirtualTime;

/// <summary>The way of one kind of control message to one slice, and of its acknowledgements back.</summary>
internal sealed class ControlChannel : IStateful
{
    private readonly int _lanes;
    private ReceiveCounters _received;

    internal ControlChannel(ulong seed, int lanes, ControlPlan plan)
    {
        _lanes = lanes;
        Plan = plan;
        Retries = plan.Retries;
        Forth = plan.CreateEnd(seed);
        Back = plan.CreateAcknowledgementEnd(seed);
    }

    internal ControlPlan Plan { get; }

    internal bool Retries { get; private set; }

    internal LinkEnd Forth { get; }

    internal LinkEnd Back { get; }

    /// <summary>What the receiving slice counted.</summary>
    internal ReceiveCounters Received => _received;

    /// <summary>The signal whose acknowledgement is awaited.</summary>
    internal ControlSignal? Awaited { get; set; }

    /// <summary>From now on messages are treated as this condition says.</summary>
    internal void Use(LinkCondition condition)
    {
        Forth.Use(condition);
        Back.Use(condition);
        Retries = Plan.Retries || (Plan.MayRetry && condition.Loses);
        if (!Retries)
            Awaited = null;
    }

    internal void CountDelivered() => _received.Delivered++;

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        state.Section(1, "forth", Forth);
        state.Section(2, "back", Back);
        state.Section(3, "received", ref _received);
        Awaited = Signal(state, 4, Awaited);
    }

    /// <summary>A signal of this channel in a state, or none; gives the one that holds from now on.</summary>
    internal ControlSignal? Signal(StateSection state, int tag, ControlSignal? signal) =>
        state.OptionalSignal(tag, signal, _lanes, Plan.Target.Population.Size);
}
