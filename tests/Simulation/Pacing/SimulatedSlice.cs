using Nudge.Actors;
using Nudge.Populations;
using Nudge.State;
using Nudge.Topology;

namespace Nudge.Simulation.Pacing;

/// <summary>One incarnation of a slice: the real host and pacing, in a shell as <c>SliceActor</c> is one.</summary>
internal sealed class SimulatedSlice : SimulatedActor, ISliceEffects
{
    private readonly Action _postStep;
    private bool _failsNext;

    internal SimulatedSlice(PacingWorld world, LoopProcess process, SliceHost host, bool fromStart)
        : base(world, process)
    {
        Host = host;
        Pacing = new(host, world.Network.Plan, world.Network.Settings, this);
        Checks = new(world, this, fromStart);
        _postStep = () => Tell(StepNow.Instance);
    }

    internal SliceHost Host { get; }

    internal SlicePacing Pacing { get; private set; }

    internal SliceChecks Checks { get; }

    internal SlicePlan Plan => Host.Slice.Plan;

    /// <summary>The last stop or resumption of the run that it has confirmed.</summary>
    internal long FreezeRound { get; private set; }

    public override string ToString() => $"{Plan.Name}#{Host.Slice.Incarnation}@{Process.Number}";

    void ISliceEffects.StepAfterMessages() => Tell(StepNow.Instance);

    void ISliceEffects.StepAfterOthers() => Process.Execute(_postStep);

    /// <summary>Its next message makes it fail.</summary>
    internal void Fail() => _failsNext = true;

    /// <summary>What another incarnation would continue from.</summary>
    internal byte[] Snapshot() => StateBytes.Of(PopulationSlice.StateSubject, Host.Slice);

    /// <summary>Ends it in order.</summary>
    internal (byte[] State, SliceCounters Counters) EndInOrder()
    {
        Pacing.End();
        (byte[], SliceCounters) left = (Snapshot(), Host.Counters());
        End();
        return left;
    }

    protected override void CountSent() => Checks.Sent++;

    protected override void Handle(object message, SimulatedSlice? sender)
    {
        if (_failsNext && message is not StepNow)
        {
            Restart(message);
            return;
        }

        if (World.Bug.ToSlice(this, message) is not { } heard)
            return;
        Checks.Before(heard);
        Take(heard, sender);
        World.Bug.After(this, heard);
        Checks.After(heard);
        if (World.Traced)
            World.Trace($"  {this} {Describe(heard)}: {Checks}");
    }

    private static string Describe(object message) => message switch
    {
        ActivityMessage activity => $"activity of {activity.Signal.Source} #{activity.Signal.Sequence} at {activity.Time:0.##}{(activity.Awake ? " awake" : "")}",
        SliceTime time => $"time of {time.Slice} at {time.Time:0.##}{(time.Awake ? " awake" : "")}",
        ControlMessage control => $"control {control.Channel} of phase {control.Signal.Tag.Phase.Number}",
        PhaseMark mark => $"mark of phase {mark.Phase.Number}",
        SimulatedNeighbours => "neighbours",
        UnreachableSlices silent => $"unreachable {string.Join(" ", silent.Slices)}",
        Freeze freeze => freeze.Frozen ? "stand still" : "go on",
        _ => message.GetType().Name,
    };

    private void Take(object message, SimulatedSlice? sender)
    {
        switch (message)
        {
            case ActivityMessage activity:
                if (Pacing.On(activity, sender is not null && sender.Process != Process) is { } due
                    && World.Bug.FromSlice(this, due) is { } sent)
                    Send(sent, sender!);
                break;
            case SliceTime time:
                Pacing.On(time);
                break;
            case ControlMessage control:
                Pacing.On(control);
                break;
            case StepNow:
                Pacing.OnStep();
                break;
            case AskActivity question:
                Pacing.On(question);
                break;
            case PhaseMark mark:
                Pacing.On(mark);
                break;
            case Credit credit:
                Pacing.On(credit);
                break;
            case KeepAlive:
                Pacing.OnKeepAlive();
                break;
            case SimulatedNeighbours neighbours:
                Pacing.On(neighbours);
                break;
            case Freeze freeze:
                FreezeRound = freeze.Round;
                Pacing.On(freeze);
                break;
            case UnreachableSlices silent:
                Pacing.On(silent);
                break;
            case MakeInterventions interventions:
                Pacing.On([.. interventions.Applied.Select(one => one.Read())]);
                break;
            default:
                throw new InvalidOperationException($"{message}");
        }
    }

    // The message that it failed at is gone, and what waits in its mailbox is not.
    private void Restart(object message)
    {
        _failsNext = false;
        World.Trace($"{this} fails at {message.GetType().Name}");
        World.Checks.Dropped(this, message);
        Pacing = new(Host, World.Network.Plan, World.Network.Settings, this);
        Checks.Restarted();
        World.Bug.Restarted(this);
        TimeSpan decides = World.Draws.Seconds(0, 0.005);
        SuspendFor(decides);
        World.Time.In(decides + World.Draws.Seconds(0, 0.02), () => World.Supervision.AskNeighbours(this));
    }
}
