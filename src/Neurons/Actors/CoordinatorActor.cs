using Akka.Actor;
using Nudge.Interventions;
using Nudge.Networks;
using Nudge.State;
using Nudge.Training;

namespace Nudge.Actors;

/// <summary>Starts the phases, once every slice has its neighbours.</summary>
internal sealed record Begin(IReadOnlyList<IActorRef> Slices);

/// <summary>A slice has started again elsewhere.</summary>
internal sealed record SliceMoved(int Slice, IActorRef Actor);

/// <summary>In wall-clock pacing: the phase of this number is over.</summary>
internal sealed record PhaseOver(long Number);

/// <summary>The shell of a <see cref="PhasePacing"/>: the coordinator's mailbox, its timer and the actors of the slices.</summary>
internal sealed class CoordinatorActor : UntypedActor, IWithTimers, IPhaseEffects
{
    private readonly TrainingSchedule _schedule;
    private readonly ProgressPublisher _progressPublisher;
    private readonly PhasePacing _pacing;
    private readonly Dictionary<int, IActorRef> _moved = [];
    private IActorRef[] _slices = [];

    public CoordinatorActor(
        NetworkPlan network,
        TrainingSchedule schedule,
        ActorEngineSettings settings,
        ProgressPublisher board,
        PendingInterventions? interventions = null)
    {
        _schedule = schedule;
        _progressPublisher = board;
        _pacing = new(network, schedule, settings, board, interventions, this);
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    void IPhaseEffects.ToSlice(int slice, object message) => _slices[slice].Tell(message);

    void IPhaseEffects.StartPhaseTimer(PhaseOver over, TimeSpan after) => Timers.StartSingleTimer("phase", over, after);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AnswerMessage answer:
                _pacing.On(answer);
                break;
            case PhaseReport report:
                _pacing.On(report);
                break;
            case RestReport rest:
                _pacing.On(rest);
                break;
            case Acknowledgement acknowledgement:
                _pacing.On(acknowledgement);
                break;
            case PhaseOver over:
                _pacing.On(over);
                break;
            case Begin begin:
                _slices = [.. begin.Slices];
                // They moved after those who ask for the first phase had been told where they were.
                foreach ((int slice, IActorRef actor) in _moved)
                    _slices[slice] = actor;
                _pacing.Begin();
                break;
            case UnreachableSlices silent:
                _pacing.On(silent);
                break;
            case SliceMoved moved:
                if (_slices.Length > 0)
                    _slices[moved.Slice] = moved.Actor;
                else
                    _moved[moved.Slice] = moved.Actor;
                _pacing.OnMoved(moved.Slice);
                break;
            case KeepAlive:
                _pacing.OnKeepAlive();
                break;
            case Freeze freeze:
                Sender.Tell(freeze);
                _pacing.On(freeze);
                break;
            case InterventionsMade made:
                _pacing.On(made);
                break;
            default:
                OnQuestion(message);
                break;
        }
    }

    private void OnQuestion(object message)
    {
        switch (message)
        {
            case AskView:
                foreach (IActorRef slice in _slices)
                    slice.Tell(AskView.Instance);
                break;
            case SliceViewed viewed:
                _progressPublisher.Publish(viewed.View);
                break;
            case AskState:
                Sender.Tell(StateBytes.Of(TrainingSchedule.StateSubject, _schedule));
                break;
            case AskControl:
                Sender.Tell(_pacing.ControlSent());
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}
