using Nudge.State;

namespace Nudge.VirtualTime;

/// <summary>The events that a wheel holds, in checkpoints.</summary>
internal sealed class WheelState(TimingWheel wheel) : IStateful
{
    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        var events = new List<ScheduledEvent>();
        if (!state.IsRestoring)
        {
            wheel.CopyTo(events);
            // Where a wheel keeps its events depends on its past, which a restored one does not have.
            events.Sort();
        }

        long now = state.Item(1, wheel.Now, "now");
        state.VariableList(2, "events", events, Describe);
        if (!state.IsRestoring)
            return;
        wheel.Clear(now);
        foreach (ScheduledEvent waiting in events)
        {
            // An event in the past would be scheduled at a place that is never looked at.
            if (waiting.Time < now)
                throw state.Fault($"holds an event at {waiting.Time}, which is before {now}");
            wheel.Schedule(waiting);
        }
    }

    private static void Describe(StateSection state, ref ScheduledEvent waiting) => waiting = new(
        state.Item(1, waiting.Time, "time"),
        state.Item(2, waiting.Order, "order"),
        state.Item(3, waiting.Number, "number"),
        state.Item(4, waiting.Payload, "payload"));
}
