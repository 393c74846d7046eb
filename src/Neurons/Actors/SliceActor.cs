using Akka.Actor;
using Akka.Event;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.State;

namespace Nudge.Actors;

/// <summary>
/// Gives one slice a mailbox and its own pace; it has no dynamics of its own. Free-running: it steps as long as it is no
/// further ahead of its neighbours than the lag allows, and takes in all that has come by then. A slice in which nothing
/// changes rests, reports so, and steps again on change. Its state is its host's, so a restart after a fault continues with
/// what was there.
/// </summary>
internal sealed partial class SliceActor : UntypedActor, IWithTimers
{
    private readonly SliceHost _host;
    private readonly CreditCounter _credits;
    private readonly ActorEngineSettings _settings;
    private readonly TimeSpan _stepTime;
    private readonly bool _mayRest;
    private readonly bool _answers;
    private readonly bool _wallClock;
    private readonly Action _postStep;
    private readonly Action<int, AskActivity> _ask;
    private readonly RepeatPause _repeat = new();
    private readonly NodeBatch _paced = new();
    private readonly NodeBatch _waiting = new();
    private readonly HashSet<int> _unanswered = [];
    private readonly List<Acknowledgement> _acknowledgements = [];
    private Neighbours? _peers;
    private bool _active;
    private bool _stepPosted;
    private bool _frozen;
    private bool _still = true;
    private bool _resting;
    private bool _due;
    private bool _hasSent;
    private AskActivity? _question;
    private double _paceAt = double.NegativeInfinity;

    public SliceActor(SliceHost host, NetworkPlan network, ActorEngineSettings settings)
    {
        _host = host;
        _credits = new(host.Slice.Plan.Index);
        _settings = settings;
        _stepTime = TimeSpan.FromMilliseconds(settings.TauMilliseconds * network.Settings.Time.Step);
        _mayRest = host.Slice.MayRest;
        _answers = network.Answering.Any(population => population.Index == host.Slice.Plan.Population.Index);
        IActorRef self = Self;
        _postStep = () => self.Tell(StepNow.Instance);
        _ask = (source, question) => _peers?.Of(source)?.Tell(question);
        _wallClock = settings.Pacing == Pacing.WallClock;
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

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
                _host.Receive(activity);
                _credits.Count(activity.Signal, Sender);
                if (activity.Awake)
                    _unanswered.Add(activity.Signal.Source);
                StepForNews();
                break;
            case SliceTime time:
                _host.Lag.Receive(time.Slice, time.Time, time.Awake);
                // It sends its time alone where its activity has not changed since the message that was lost.
                _host.AskAgain(time.Slice, _ask);
                StepSoonIfAllowed();
                break;
            case ControlMessage control:
                _host.Receive(control);
                StepForNews();
                break;
            case StepNow when _wallClock:
                Step();
                break;
            case StepNow:
                _stepPosted = false;
                StepIfAllowed();
                break;
            case AskActivity question:
                if (!_host.HasSentSince(question))
                    Answer(question);
                break;
            case PhaseMark mark:
                Begin(mark);
                break;
            case Credit credit:
                _host.SendWindows.Take(credit);
                break;
            case KeepAlive:
                _host.SendWindows.KeepAlive();
                SendKeepAlive();
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
            case Neighbours peers:
                _peers = peers;
                _host.SendWindows.SetTargets(peers.Targets);
                _paced.Clear();
                foreach (IActorRef source in peers.Paced)
                    _paced.Add(source);
                _repeat.Shorten();
                if (_wallClock)
                    Timers.StartPeriodicTimer("step", StepNow.Instance, _stepTime);
                StepForNews();
                break;
            case Freeze freeze:
                _frozen = freeze.Frozen;
                Sender.Tell(freeze with { Slice = _host.Slice.Plan.Index });
                StepForNews();
                break;
            case AskCounters ask:
                Sender.Tell(_host.Counters() with { Round = ask.Round });
                break;
            case AskState:
                Sender.Tell(StateBytes.Of(PopulationSlice.StateSubject, _host.Slice));
                break;
            case UnreachableSlices silent:
                foreach (int slice in silent.Slices)
                    _host.Lag.BecomesUnreachable(slice);
                StepSoonIfAllowed();
                break;
            case MakeInterventions interventions:
                Make(interventions);
                break;
            case AskView:
                _peers?.Coordinator.Tell(new SliceViewed(_host.View()));
                break;
            case AskSnapshot:
                Sender.Tell(Snapshot());
                break;
            case AskEnd:
                _frozen = true;
                _host.ReceiveAll();
                _host.SendWindows.End();
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
        try
        {
            _host.Make([.. interventions.Applied.Select(one => one.Read())]);
        }
        catch (InvalidDataException error)
        {
            // A restart would receive it again.
            Context.GetLogger().Error(error, "an intervention cannot be made");
            return;
        }

        _peers?.Coordinator.Tell(new InterventionsMade(_host.Slice.Plan.Index, _host.Interventions));
        StepForNews();
    }

    private SliceSnapshot Snapshot() =>
        new(_host.Slice.Plan.Index, StateBytes.Rent(PopulationSlice.StateSubject, _host.Slice));
}
