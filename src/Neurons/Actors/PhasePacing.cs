using Nudge.Interventions;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Signals;
using Nudge.Training;

namespace Nudge.Actors;

/// <summary>
/// When phases begin and end, as a plain state machine around the schedule. In free running the slices whose answers count end a
/// phase on their own clocks, and report it with their last answer; a network wholly at rest has no events, so what is left of
/// the phase takes none. It waits for no step and sends no step signal.
/// </summary>
/// <remarks>Not safe for several threads; an actor is its shell.</remarks>
internal sealed partial class PhasePacing
{
    // Longer than messages take within a loaded process, and far shorter than it takes to notice that a run stands still.
    private const int QuietKeepAlives = 10;
    private static readonly TimeSpan FrozenPause = TimeSpan.FromMilliseconds(20);
    private readonly NetworkPlan _network;
    private readonly TrainingSchedule _schedule;
    private readonly IPhaseEffects _effects;
    private readonly ProgressPublisher _progressPublisher;
    private readonly ControlSender _control;
    private readonly HashSet<int> _restless = [];
    private readonly RepeatPause _repeat = new();
    private readonly RepeatPause _repeatInterventions = new();
    private readonly HashSet<int> _awaited = [];
    private readonly HashSet<int> _unreachable = [];
    private readonly HashSet<int> _awake = [];
    private readonly PendingInterventions? _interventions;
    private readonly Dictionary<int, int> _made = [];
    private readonly HashSet<int> _silent = [];
    private readonly int[] _answering;
    private readonly bool _wallClock;
    private readonly double _tauMilliseconds;
    private int _quiet;
    private int _used;
    private PhaseProgram? _program;
    private PhaseTag _present;
    private double _length;
    private bool _begun;
    private bool _frozen;
    private bool _over;

    /// <param name="network">The network.</param>
    /// <param name="schedule">Decides what is shown.</param>
    /// <param name="settings">Pace of the actors.</param>
    /// <param name="board">Where progress is published.</param>
    /// <param name="interventions">What is changed while the network runs, or null.</param>
    /// <param name="effects">Sends to the slices.</param>
    internal PhasePacing(
        NetworkPlan network,
        TrainingSchedule schedule,
        ActorEngineSettings settings,
        ProgressPublisher board,
        PendingInterventions? interventions,
        IPhaseEffects effects)
    {
        _interventions = interventions;
        _network = network;
        _schedule = schedule;
        _effects = effects;
        _progressPublisher = board;
        _control = new(network);
        _present = PhaseTag.Before(network.Settings.Lanes);
        _answering = [.. schedule.Listening.Select(slice => slice.Index)];
        _wallClock = settings.Pacing == Pacing.WallClock;
        _tauMilliseconds = settings.TauMilliseconds;
    }

    // The clock of retries, and phases that end by the wall clock, know no other moment at which to look.
    private bool AnswersEveryStep => _schedule.UsesEveryStep || _control.Retries || _wallClock;

    /// <summary>Every slice has its neighbours: the first phase begins.</summary>
    internal void Begin()
    {
        _begun = true;
        _awake.UnionWith(Enumerable.Range(0, _network.Slices.Count));
        SendInterventions();
        if (!_frozen)
            ChangePhase();
    }

    internal void On(AnswerMessage answer)
    {
        // Whatever rests repeats its answer and its report.
        if (_awake.Contains(answer.Source))
            _quiet = 0;
        _unreachable.Remove(answer.Source);
        _schedule.Receive(_network.Slices[answer.Source], answer.Phase, answer.Frame.Values);
        if (AnswersEveryStep)
            _control.Elapse(_network.Settings.Time.Step / _answering.Length, _effects);
        if (answer.Ended == _present.Phase && _awaited.Remove(answer.Source))
            EndPhaseIfOver();
    }

    internal void On(PhaseReport report) => _schedule.Receive(_network.Slices[report.Slice], report.Moments);

    internal void On(RestReport rest)
    {
        if (!rest.Resting || _awake.Contains(rest.Slice))
            _quiet = 0;
        Note(rest);
        EndPhaseIfOver();
    }

    internal void On(Acknowledgement acknowledgement) => _control.Acknowledge(acknowledgement);

    internal void On(InterventionsMade made) => _made[made.Slice] = made.Count;

    /// <summary>In wall-clock pacing: the time of a phase has passed.</summary>
    internal void On(PhaseOver over)
    {
        if (_frozen)
            _effects.StartPhaseTimer(over, FrozenPause);
        else if (over.Number == _present.Phase.Number)
            ChangePhase();
    }

    internal void On(UnreachableSlices silent)
    {
        _unreachable.UnionWith(silent.Slices);
        EndPhaseIfOver();
    }

    /// <summary>A slice has started again elsewhere: it has received nothing.</summary>
    internal void OnMoved(int slice)
    {
        if (!_begun)
        {
            _unreachable.Remove(slice);
            return;
        }

        _made.Remove(slice);
        _repeatInterventions.Shorten();
        SendInterventions();
        _unreachable.Remove(slice);
        _restless.Add(slice);
        _awake.Add(slice);
        _repeat.Shorten();
        if (_program is null)
            return;
        _control.Send(_program, _effects, slice);
        if (_answering.Contains(slice) && _awaited.Add(slice))
            Mark();
    }

    internal void OnKeepAlive()
    {
        if (_repeat.IsOver())
            Repeat();
        _unreachable.UnionWith(_silent);
        if (_repeatInterventions.IsOver())
            SendInterventions();
        EndPhaseIfUnreachable();
        EndPhaseIfQuiet();
    }

    internal void On(Freeze freeze)
    {
        _frozen = freeze.Frozen;
        // It began while all stood still.
        if (_begun && !_frozen && !_over && _program is null)
            ChangePhase();
        else
            EndPhaseIfOver();
    }

    /// <summary>How many messages it sent on each control channel.</summary>
    internal IReadOnlyList<long> ControlSent() => _control.Sent();

    private void Mark()
    {
        foreach (int slice in _awaited)
            _effects.ToSlice(slice, new PhaseMark(slice, _present.Phase, _length, AnswersEveryStep));
    }

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
        _control.Retry(_effects);
        Mark();
    }

    /// <summary>Sends the interventions of the run to all slices that have not answered that they have made them.</summary>
    private void SendInterventions()
    {
        if (_interventions?.Applied is not { Count: > 0 } applied || !_begun)
            return;
        if (applied.Count != _used)
            Use(applied);
        _unreachable.UnionWith(_silent);
        int[] lacking =
            [.. Enumerable.Range(0, _network.Slices.Count).Where(slice => _made.GetValueOrDefault(slice) < applied.Count)];
        if (lacking.Length == 0)
            return;
        var message = new MakeInterventions([.. applied.Select(InterventionEntry.Of)]);
        foreach (int slice in lacking)
            _effects.ToSlice(slice, message);
    }

    private void Use(IReadOnlyList<AppliedIntervention> applied)
    {
        _used = applied.Count;
        _repeatInterventions.Shorten();
        NetworkConditions conditions = NetworkConditions.After(_network, applied);
        _control.Use(conditions);
        _silent.Clear();
        _silent.UnionWith(_network.Slices.Where(slice => conditions.IsSilent(slice.Population)).Select(slice => slice.Index));
    }
}
