using Nudge.Interventions;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.State;
using Nudge.Topology;
using Nudge.Training;

namespace Nudge.VirtualTime;

/// <summary>
/// Engine 1: the whole network in virtual time. Events happen in one total order (time, kind, population, first unit,
/// message number), so a seed gives the same bits on every machine and on any number of loops, as fast as these allow.
/// </summary>
public sealed partial class VirtualEngine : IStateful
{
    private readonly NetworkPlan _plan;
    private readonly TrainingSchedule _schedule;
    private readonly PopulationSlice[] _slices;
    private readonly VirtualNetwork _network;
    private readonly PhaseLagTally _lag;
    private readonly EngineExecution _execution;
    private readonly DirectExecution _direct;
    private readonly bool _isCopy;
    private readonly PhaseTrail _trail = new();
    private EvaluationBranch? _branch;

    /// <summary>Makes an engine at time zero, before the first phase.</summary>
    /// <param name="network">The network.</param>
    /// <param name="schedule">Decides what is shown.</param>
    /// <param name="rules">Makes the plasticity rules; by default those that the settings name.</param>
    /// <param name="loops">How many threads run the slices. The result does not depend on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one loop.</exception>
    public VirtualEngine(NetworkPlan network, TrainingSchedule schedule, RuleMaker? rules = null, int loops = 1)
        : this(network, schedule, MakerOf(network, rules), MakerOf(loops))
    {
    }

    /// <summary>Makes an engine whose slices are run as the caller decides.</summary>
    /// <param name="network">The network.</param>
    /// <param name="schedule">Decides what is shown.</param>
    /// <param name="create">Makes the slices.</param>
    /// <param name="executes">Makes what runs them, from the slices, what takes answers, and what counts lagging steps.</param>
    internal VirtualEngine(
        NetworkPlan network,
        TrainingSchedule schedule,
        Func<SlicePlan, PopulationSlice> create,
        Func<PopulationSlice[], AnswerReports, PhaseLagTally, EngineExecution> executes)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(schedule);
        _plan = network;
        _schedule = schedule;
        _slices = [.. network.Slices.Select(create)];
        _network = new(network, _slices);
        _lag = new(_slices.Length);
        var answers = new AnswerReports(_slices.Length, schedule);
        _execution = executes(_slices, answers, _lag);
        _direct = _execution as DirectExecution ?? new(_slices, answers, _lag);
        Interventions = new(network);
    }

    private VirtualEngine(VirtualEngine original, TrainingSchedule schedule)
        : this(
            original._plan,
            schedule,
            slice => original._plan.CreateReader(original._slices[slice.Index]),
            (copies, _, _) => original._execution.ForCopy(copies, schedule)) =>
        (_isCopy, Interventions) = (true, null);

    /// <summary>The slices, by number.</summary>
    public IReadOnlyList<PopulationSlice> Slices => _slices;

    /// <summary>
    /// Receives all that reaches a slice, in order, or null. With one the engine keeps to the caller's thread.
    /// </summary>
    public IEventRecorder? Recorder
    {
        get => _direct.Recorder;
        set => _direct.Recorder = value;
    }

    /// <summary>
    /// Share of the steps of slices with synapses at which they were in an older phase than the coordinator; not a number
    /// before the first step.
    /// </summary>
    public double PhaseLag => _lag.Share;

    /// <summary>Virtual time in τ.</summary>
    public double Now => _network.Now;

    /// <summary>Events so far.</summary>
    public long Events => _network.Events;

    /// <summary>Hash of all events so far, in their order.</summary>
    public ulong EventHash => _network.Hash;

    /// <summary>The coordinator's last phases, the oldest first, in virtual time; for observers.</summary>
    public IReadOnlyList<PhaseVisit> Visits => _trail.Copy();

    /// <summary>The class of what lane 0 was shown in the phase that has just ended, in which the slices still are.</summary>
    public int ShownLabel { get; private set; }

    /// <summary>The conditions that hold now.</summary>
    public NetworkConditions Conditions => _network.Conditions;

    /// <summary>
    /// The interventions that the run has yet to make; at first partition windows alone, and null for none, as on the copy of an
    /// evaluation, whose conditions stay those of the moment at which it was made.
    /// </summary>
    public PendingInterventions? Interventions { get; set; }

    /// <summary>The calendar, links and clocks.</summary>
    internal VirtualNetwork Network => _network;

    /// <summary>Counts steps in an older phase.</summary>
    internal PhaseLagTally Lag => _lag;

    /// <summary>
    /// Runs until the present phase has ended and the next one begun; false when the run is over. During an evaluation the
    /// phases are those of a copy, and this engine stands still.
    /// </summary>
    /// <param name="cancellation">
    /// Stops between two events, wherever in a phase that is: the state may be saved there too.
    /// </param>
    /// <exception cref="NumericalException">A current is no longer a finite number.</exception>
    public bool RunPhase(CancellationToken cancellation = default)
    {
        if (_branch is { IsUnderWay: true })
            return GoOnEvaluating(_branch, cancellation);
        if (_schedule.IsOver)
            return false;
        if (cancellation.IsCancellationRequested)
            return true;
        EngineExecution slices = Recorder is null ? _execution : _direct;
        if (!RunToPhaseEnd(slices, cancellation))
            return true;
        return _schedule.EvaluationIsNext && !_isCopy ? BeginEvaluating() : ChangePhase(slices);
    }

    /// <summary>The counters of all links, activity first, then control.</summary>
    public IReadOnlyList<LedgerEntry> Ledger() => _network.Ledger();

    /// <summary>
    /// The whole state: the wheel, the messages under way, every slice, clock and link, and the schedule. Restored for
    /// the same network, the run goes on to the same bits. An evaluation under way is no part of it, and begins again.
    /// </summary>
    /// <param name="state">The section of the engine.</param>
    /// <exception cref="InvalidDataException">The state belongs to another network.</exception>
    public void Describe(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Section(1, "schedule", _schedule);
        _network.Describe(state);
        _lag.Describe(state, 10, 11);
        _network.DescribeInterventions(state);
        _lag.Present = _schedule.Present?.Phase;
        if (state.IsRestoring)
            _branch?.Abandon();
        if (state.IsRestoring)
            Interventions?.Restore(_network.Applied);
    }

    private static Func<SlicePlan, PopulationSlice> MakerOf(NetworkPlan network, RuleMaker? rules)
    {
        ArgumentNullException.ThrowIfNull(network);
        return slice => network.CreateSlice(slice, rules);
    }

    private static Func<PopulationSlice[], AnswerReports, PhaseLagTally, EngineExecution> MakerOf(int loops)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(loops, 1);
        return (slices, answers, lag) => loops == 1
            ? new DirectExecution(slices, answers, lag)
            : new LoopExecution(slices, answers, lag, loops);
    }

    private bool RunToPhaseEnd(EngineExecution slices, CancellationToken cancellation)
    {
        slices.Begin();
        bool ended;
        try
        {
            ended = _network.RunToPhaseEnd(slices, cancellation);
        }
        catch
        {
            slices.Abandon();
            throw;
        }

        slices.Finish();
        return ended;
    }

    private bool ChangePhase(EngineExecution slices)
    {
        _network.EndPhase();
        slices.ThrowIfNotFinite(Now);
        foreach (SlicePlan slice in _schedule.Listening)
        {
            ReadOnlySpan<float> answer = slices.AnswerOf(slice, out PhaseNumber phase);
            if (!_schedule.UsesEveryStep)
                _schedule.Receive(slice, phase, answer);
            _network.Mix(answer);
        }

        foreach (SlicePlan slice in _plan.Slices)
        {
            if (slices.SecondMomentsOf(slice) is { } moments)
                _schedule.Receive(slice, moments);
        }

        ShownLabel = _schedule.Label;
        _schedule.EndPhase();
        PhaseProgram? program = _schedule.BeginPhase();
        _lag.Present = _schedule.Present?.Phase;
        if (program is null)
            return false;
        IReadOnlyList<AppliedIntervention> due =
            Interventions?.TakeDue(new(program.Tag.Phase.Number, _schedule.Presentations, Now)) ?? [];
        _network.Apply(due);
        _network.BeginPhase(program);
        slices.BeginPhase(program, due);
        _trail.Add(new(program.Tag.Phase, program.Tag.Importance[0], Now, default));
        return true;
    }
}
