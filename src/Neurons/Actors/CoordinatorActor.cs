using Akka.Actor;
using Nudge.Interventions;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.State;
using Nudge.Topology;
using Nudge.Training;

namespace Nudge.Actors;

/// <summary>Starts the phases, once every slice has its neighbours.</summary>
internal sealed record Begin(IReadOnlyList<IActorRef> Slices);

/// <summary>A slice has started again elsewhere.</summary>
internal sealed record SliceMoved(int Slice, IActorRef Actor);

/// <summary>In wall-clock pacing: the phase of this number is over.</summary>
internal sealed record PhaseOver(long Number);

/// <summary>
/// The coordinator's mailbox around the schedule. In free running the slices whose answers count end a phase on their own
/// clocks, and report it with their last answer; a network wholly at rest has no events, so what is left of the phase takes
/// none. It waits for no step and sends no step signal.
/// </summary>
internal sealed class CoordinatorActor : UntypedActor, IWithTimers
{
    // Longer than messages take within a loaded process, and far shorter than it takes to notice that a run stands still.
    private const int QuietKeepAlives = 10;
    private static readonly TimeSpan FrozenPause = TimeSpan.FromMilliseconds(20);
    private readonly NetworkPlan _network;
    private readonly TrainingSchedule _schedule;
    private readonly ActorEngineSettings _settings;
    private readonly ProgressPublisher _progressPublisher;
    private readonly ControlSender _control;
    private readonly HashSet<int> _restless = [];
    private readonly RepeatPause _repeat = new();
    private readonly HashSet<int> _awaited = [];
    private readonly HashSet<int> _unreachable = [];
    private readonly HashSet<int> _awake = [];
    private readonly PendingInterventions? _interventions;
    private readonly Dictionary<int, int> _made = [];
    private readonly HashSet<int> _silent = [];
    private IActorRef[] _slices = [];
    private int _quiet;
    private int _used;
    private PhaseProgram? _program;
    private PhaseTag _present;
    private double _length;
    private bool _frozen;
    private bool _over;

    public CoordinatorActor(
        NetworkPlan network,
        TrainingSchedule schedule,
        ActorEngineSettings settings,
        ProgressPublisher board,
        PendingInterventions? interventions = null)
    {
        _interventions = interventions;
        _network = network;
        _schedule = schedule;
        _settings = settings;
        _progressPublisher = board;
        _control = new(network);
        _present = PhaseTag.Before(network.Settings.Lanes);
        AnsweringSlices = [.. schedule.Listening.Select(slice => slice.Index)];
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    private int[] AnsweringSlices { get; }

    // The clock of retries, and phases that end by the wall clock, know no other moment at which to look.
    private bool AnswersEveryStep =>
        _schedule.UsesEveryStep || _control.Retries || _settings.Pacing == Pacing.WallClock;

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AnswerMessage answer:
                Receive(answer);
                break;
            case PhaseReport report:
                _schedule.Receive(_network.Slices[report.Slice], report.Moments);
                break;
            case RestReport rest:
                _quiet = 0;
                Note(rest);
                EndPhaseIfOver();
                break;
            case Acknowledgement acknowledgement:
                _control.Acknowledge(acknowledgement);
                break;
            case PhaseOver over when over.Number == _present.Phase.Number && !_frozen:
                ChangePhase();
                break;
            case PhaseOver over when _frozen:
                Timers.StartSingleTimer("phase", over, FrozenPause);
                break;
            case Begin begin:
                _slices = [.. begin.Slices];
                _awake.UnionWith(Enumerable.Range(0, _slices.Length));
                SendInterventions();
                ChangePhase();
                break;
            case UnreachableSlices silent:
                _unreachable.UnionWith(silent.Slices);
                EndPhaseIfOver();
                break;
            case SliceMoved moved when _slices.Length > 0:
                Replace(moved);
                break;
            case KeepAlive:
                if (_repeat.IsOver())
                    Repeat();
                SendInterventions();
                EndPhaseIfUnreachable();
                EndPhaseIfQuiet();
                break;
            case Freeze freeze:
                _frozen = freeze.Frozen;
                Sender.Tell(freeze);
                EndPhaseIfOver();
                break;
            case InterventionsMade made:
                _made[made.Slice] = made.Count;
                break;
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
                Sender.Tell(_control.Sent());
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Replace(SliceMoved moved)
    {
        _slices[moved.Slice] = moved.Actor;
        _made.Remove(moved.Slice);
        SendInterventions();
        _unreachable.Remove(moved.Slice);
        _restless.Add(moved.Slice);
        _awake.Add(moved.Slice);
        _repeat.Shorten();
        if (_program is null)
            return;
        _control.Send(_program, _slices, moved.Slice);
        if (AnsweringSlices.Contains(moved.Slice) && _awaited.Add(moved.Slice))
            Mark();
    }

    /// <summary>With no reachable slice whose answers are its clock, phases pass by keep-alives until one is.</summary>
    private void EndPhaseIfUnreachable()
    {
        if (!_over && !_frozen && _slices.Length > 0 && _settings.Pacing != Pacing.WallClock
            && _unreachable.Count > 0 && AnsweringSlices.All(_unreachable.Contains))
            ChangePhase();
    }

    /// <summary>
    /// A slice behind a cut link rests in an older phase, since the present one never reaches it: where all rest for a while in any
    /// phase, nothing will happen any more in this one.
    /// </summary>
    private void EndPhaseIfQuiet()
    {
        bool quiet = !_over && !_frozen && _slices.Length > 0 && _settings.Pacing != Pacing.WallClock
            && _awake.IsSubsetOf(_unreachable) && _unreachable.Count < _network.Slices.Count;
        _quiet = quiet ? _quiet + 1 : 0;
        if (_quiet < QuietKeepAlives)
            return;
        _quiet = 0;
        ChangePhase();
    }

    private void Receive(AnswerMessage answer)
    {
        _quiet = 0;
        _unreachable.Remove(answer.Source);
        _schedule.Receive(_network.Slices[answer.Source], answer.Phase, answer.Frame.Values);
        if (AnswersEveryStep)
            _control.Elapse(_network.Settings.Time.Step / AnsweringSlices.Length, _slices);
        if (answer.Ended == _present.Phase && _awaited.Remove(answer.Source))
            EndPhaseIfOver();
    }

    private void EndPhaseIfOver()
    {
        if (_over || _frozen || _slices.Length == 0 || _settings.Pacing == Pacing.WallClock)
            return;
        if (AllAnswered() || AllRest())
            ChangePhase();
    }

    // Without any slice that could answer, keep-alives alone end phases, so that few pass until one is back.
    private bool AllAnswered() =>
        _awaited.IsSubsetOf(_unreachable) && !AnsweringSlices.All(_unreachable.Contains);

    private void Mark()
    {
        foreach (int slice in _awaited)
            _slices[slice].Tell(new PhaseMark(slice, _present.Phase, _length, AnswersEveryStep));
    }

    private bool AllRest() =>
        _restless.IsSubsetOf(_unreachable) && _unreachable.Count < _network.Slices.Count;

    private void Note(RestReport rest)
    {
        _unreachable.Remove(rest.Slice);
        if (rest.Resting)
            _awake.Remove(rest.Slice);
        else
            _awake.Add(rest.Slice);
        if (rest.Resting && rest.Phase == _present.Phase)
            _restless.Remove(rest.Slice);
        else
            _restless.Add(rest.Slice);
    }

    private void Repeat()
    {
        _control.Retry(_slices);
        Mark();
    }

    /// <summary>Sends the interventions of the run to all slices that have not answered that they have made them.</summary>
    private void SendInterventions()
    {
        if (_interventions?.Applied is not { Count: > 0 } applied || _slices.Length == 0)
            return;
        if (applied.Count != _used)
            Use(applied);
        _unreachable.UnionWith(_silent);
        int[] lacking = [.. Enumerable.Range(0, _slices.Length).Where(slice => _made.GetValueOrDefault(slice) < applied.Count)];
        if (lacking.Length == 0)
            return;
        var message = new MakeInterventions([.. applied.Select(InterventionEntry.Of)]);
        foreach (int slice in lacking)
            _slices[slice].Tell(message);
    }

    private void Use(IReadOnlyList<AppliedIntervention> applied)
    {
        _used = applied.Count;
        NetworkConditions conditions = NetworkConditions.After(_network, applied);
        _control.Use(conditions);
        _silent.Clear();
        _silent.UnionWith(_network.Slices.Where(slice => conditions.IsSilent(slice.Population)).Select(slice => slice.Index));
    }

    private void ChangePhase()
    {
        _schedule.EndPhase();
        PhaseProgram? program = _schedule.BeginPhase();
        if (_settings.Pacing != Pacing.WallClock)
            _progressPublisher.LocalTau += _length;
        _progressPublisher.Publish(_schedule, over: program is null);
        if (program is null)
        {
            _over = true;
            return;
        }

        if (_interventions?.TakeDue(new(program.Tag.Phase.Number, _schedule.Presentations, _progressPublisher.LocalTau)) is { Count: > 0 })
            SendInterventions();
        _progressPublisher.Publish(new PhaseVisit(program.Tag.Phase, program.Tag.Importance[0], _progressPublisher.LocalTau, default));
        _program = program;
        _present = program.Tag;
        _length = program.Length;
        _repeat.GoOn();
        foreach (SlicePlan slice in _network.Slices)
            _restless.Add(slice.Index);
        _control.Send(program, _slices);
        _awaited.Clear();
        _awaited.UnionWith(AnsweringSlices);
        Mark();
        if (_settings.Pacing != Pacing.WallClock)
            return;
        var wall = TimeSpan.FromMilliseconds(program.Length * _settings.TauMilliseconds);
        _progressPublisher.LocalTau += program.Length;
        Timers.StartSingleTimer("phase", new PhaseOver(_present.Phase.Number), wall);
    }
}
