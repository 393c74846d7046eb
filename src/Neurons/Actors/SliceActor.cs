using Akka.Actor;
using Akka.Event;
using Nudge.Interventions;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.State;

namespace Nudge.Actors;

/// <summary>
/// The shell of a <see cref="SlicePacing"/>: gives one slice a mailbox, and has no dynamics of its own. Its state is its host's, so a
/// restart after a fault continues with what was there.
/// </summary>
internal sealed class SliceActor : UntypedActor, IWithTimers, ISliceEffects
{
    private readonly SliceHost _host;
    private readonly SlicePacing _pacing;
    private readonly TimeSpan _stepTime;
    private readonly bool _wallClock;
    private readonly Action _postStep;

    public SliceActor(SliceHost host, NetworkPlan network, ActorEngineSettings settings)
    {
        _host = host;
        _pacing = new(host, network, settings, this);
        _stepTime = TimeSpan.FromMilliseconds(settings.TauMilliseconds * network.Settings.Time.Step);
        _wallClock = settings.Pacing == Pacing.WallClock;
        IActorRef self = Self;
        _postStep = () => self.Tell(StepNow.Instance);
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    bool ISliceEffects.HasMessages => ((ActorCell)Context).HasMessages;

    void ISliceEffects.StepAfterMessages() => Self.Tell(StepNow.Instance);

    void ISliceEffects.StepAfterOthers() => Context.Dispatcher.Schedule(_postStep);

    /// <inheritdoc/>
    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        // The failed instance held its neighbours; the parent sends them again.
        Context.Parent.Tell(new AskNeighbours(_host.Slice.Plan.Index));
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ActivityMessage activity:
                if (_pacing.On(activity, NeighbourActors.IsElsewhere(Sender)) is { } due)
                    Sender.Tell(due);
                break;
            case SliceTime time:
                _pacing.On(time);
                break;
            case ControlMessage control:
                _pacing.On(control);
                break;
            case StepNow:
                _pacing.OnStep();
                break;
            case AskActivity question:
                _pacing.On(question);
                break;
            case PhaseMark mark:
                _pacing.On(mark);
                break;
            case Credit credit:
                _pacing.On(credit);
                break;
            case KeepAlive:
                _pacing.OnKeepAlive();
                break;
            default:
                OnRareMessage(message);
                break;
        }
    }

    private void OnRareMessage(object message)
    {
        switch (message)
        {
            case Neighbours neighbours:
                if (_wallClock)
                    Timers.StartPeriodicTimer("step", StepNow.Instance, _stepTime);
                _pacing.On(new NeighbourActors(neighbours));
                break;
            case Freeze freeze:
                Sender.Tell(freeze with { Slice = _host.Slice.Plan.Index });
                _pacing.On(freeze);
                break;
            case AskCounters ask:
                Sender.Tell(_host.Counters() with { Round = ask.Round });
                break;
            case AskState:
                Sender.Tell(StateBytes.Of(PopulationSlice.StateSubject, _host.Slice));
                break;
            case UnreachableSlices silent:
                _pacing.On(silent);
                break;
            case MakeInterventions interventions:
                Make(interventions);
                break;
            case AskView:
                _pacing.OnAskView();
                break;
            case AskSnapshot:
                Sender.Tell(Snapshot());
                break;
            case AskEnd:
                _pacing.End();
                Sender.Tell(Snapshot() with { Counters = _host.Counters() });
                break;
            case ScriptedActivity scripted:
                _host.Slice.Receive(scripted.AfferentSlot, scripted.SourceSlot, scripted.Signal, scripted.Transit);
                break;
            case ControlSignal control:
                _host.Slice.Receive(control);
                break;
            case ScriptedStep step:
                _host.Slice.Step(step.Elapsed);
                Sender.Tell(_host.Send(awake: true));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Make(MakeInterventions interventions)
    {
        AppliedIntervention[] applied;
        try
        {
            applied = [.. interventions.Applied.Select(one => one.Read())];
        }
        catch (InvalidDataException error)
        {
            // A restart would receive it again.
            Context.GetLogger().Error(error, "an intervention cannot be made");
            return;
        }

        _pacing.On(applied);
    }

    private SliceSnapshot Snapshot() =>
        new(_host.Slice.Plan.Index, StateBytes.Rent(PopulationSlice.StateSubject, _host.Slice));
}
