using Nudge.Clocks;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Populations;
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
    private readonly NetworkPlan _network;
    private readonly TrainingSchedule _schedule;
    private readonly TimingWheel _wheel = new();
    private readonly PopulationSlice[] _slices;
    private readonly LocalClock[] _clocks;
    private readonly float[] _elapsed;
    private readonly ActivityLinks _links;
    private readonly ControlLinks _control;
    private readonly AnswerReports _answers;
    private readonly PhaseLagTally _lag;
    private readonly DirectExecution _direct;
    private readonly LoopExecution? _onLoops;
    private readonly int _loops;
    private readonly bool _isCopy;
    private EvaluationBranch? _branch;
    private EventHash _hash;

    /// <summary>Makes an engine at time zero, before the first phase.</summary>
    /// <param name="network">The network.</param>
    /// <param name="schedule">Decides what is shown.</param>
    /// <param name="rules">Makes the plasticity rules; by default those that the settings name.</param>
    /// <param name="loops">How many threads run the slices. The result does not depend on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one loop.</exception>
    public VirtualEngine(NetworkPlan network, TrainingSchedule schedule, RuleMaker? rules = null, int loops = 1)
        : this(network, schedule, slice => network.CreateSlice(slice, rules), loops)
    {
    }

    private VirtualEngine(
        NetworkPlan network, TrainingSchedule schedule, Func<SlicePlan, PopulationSlice> create, int loops)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(loops, 1);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(schedule);
        _network = network;
        _schedule = schedule;
        _slices = [.. network.Slices.Select(create)];
        _clocks = [.. network.Slices.Select(slice => SliceClock.Create(network, slice))];
        _elapsed = new float[_slices.Length];
        _links = new(network);
        _control = new(network);
        _answers = new(_slices, schedule);
        _lag = new(_slices.Length, schedule);
        _loops = loops;
        _direct = new(_slices, _answers, _lag);
        _onLoops = loops > 1 ? new(_slices, _answers, _lag, loops) : null;
        _wheel.Schedule(new(0, EventOrder.Of(EventKind.PhaseChange), 0, 0));
        foreach (SlicePlan slice in network.Slices)
            ScheduleStep(slice);
    }

    private VirtualEngine(VirtualEngine original, TrainingSchedule schedule)
        : this(
            original._network,
            schedule,
            slice => original._network.CreateReader(original._slices[slice.Index]),
            original._loops) =>
        _isCopy = true;

    /// <summary>The slices, by number.</summary>
    public IReadOnlyList<PopulationSlice> Slices => _slices;

    /// <summary>Receives all that reaches a slice, in order, or null. With one the engine keeps to the caller's thread.</summary>
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
    public double Now => Ticks.ToTau(_wheel.Now);

    /// <summary>Events so far.</summary>
    public long Events { get; private set; }

    /// <summary>Hash of all events so far, in their order.</summary>
    public ulong EventHash => _hash.Value;

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
        SliceExecution slices = _onLoops is { } onLoops && Recorder is null ? onLoops : _direct;
        slices.Begin();
        PhaseEnd end;
        try
        {
            end = RunEvents(slices, cancellation);
        }
        finally
        {
            slices.Finish();
        }

        return end switch
        {
            PhaseEnd.Reached => ChangePhase(),
            PhaseEnd.EvaluationIsNext => BeginEvaluating(),
            _ => true,
        };
    }

    private PhaseEnd RunEvents(SliceExecution slices, CancellationToken cancellation)
    {
        while (_wheel.TryTakeNext(out ScheduledEvent next))
        {
            EventKind kind = EventOrder.Kind(next.Order);
            if (kind == EventKind.PhaseChange && _schedule.EvaluationIsNext && !_isCopy)
            {
                _wheel.Schedule(next);
                return PhaseEnd.EvaluationIsNext;
            }

            Events++;
            _hash.Mix(next.Time);
            _hash.Mix((long)next.Order);
            _hash.Mix(next.Number);
            switch (kind)
            {
                case EventKind.Activity:
                    _hash.Mix(_links.Arrive(next.Payload, slices, _wheel));
                    break;
                case EventKind.Step:
                    Step(next.Payload, slices);
                    if (cancellation.IsCancellationRequested)
                        return PhaseEnd.Cancelled;
                    break;
                case EventKind.Control:
                    _control.Arrive(next.Payload, slices, _wheel);
                    break;
                case EventKind.Acknowledgement:
                    _control.Acknowledge(next.Payload);
                    break;
                case EventKind.Retry:
                    _control.Retry(next.Payload, _wheel);
                    break;
                case EventKind.ActivityAcknowledgement:
                    _links.ArriveAcknowledgement(next.Payload);
                    break;
                case EventKind.ActivityTimeout:
                    _links.TimeOut(next.Payload, _wheel);
                    break;
                case EventKind.ActivityRequest:
                    _links.ArriveRequest(next.Payload, slices);
                    break;
                default:
                    return PhaseEnd.Reached;
            }
        }

        throw new InvalidOperationException("Virtual time has run out of events.");
    }

    /// <summary>The counters of all links, activity first, then control.</summary>
    public IReadOnlyList<LedgerEntry> Ledger()
    {
        var ledger = new Ledger();
        _links.AddTo(ledger, _slices);
        _control.AddTo(ledger);
        return ledger.Close();
    }

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
        state.List(2, "slices", _slices);
        state.List(3, "clocks", _clocks);
        state.Floats(4, _elapsed);
        state.Section(5, "links", _links);
        state.Section(6, "control", _control);
        Events = state.Item(7, Events);
        state.Section(8, "hash", ref _hash);
        state.Section(9, "wheel", new WheelState(_wheel));
        _lag.Describe(state, 10, 11);
        if (state.IsRestoring)
            _branch?.Abandon();
    }

    private bool ChangePhase()
    {
        NumericalException.ThrowIfNotFinite(_slices, Now);
        foreach (SlicePlan slice in _schedule.Listening)
        {
            PopulationSlice answering = _slices[slice.Index];
            _hash.Mix(_schedule.UsesEveryStep ? _answers.Answer(answering) : _answers.Report(answering));
        }

        ReceiveSecondMoments();
        _schedule.EndPhase();
        PhaseProgram? program = _schedule.BeginPhase();
        if (program is null)
            return false;
        _control.Send(program, _wheel);
        long length = Math.Max(1, Ticks.FromTau(program.Length));
        long number = program.Tag.Phase.Number;
        _wheel.Schedule(new(_wheel.Now + length, EventOrder.Of(EventKind.PhaseChange), number, 0));
        return true;
    }

    private void ReceiveSecondMoments()
    {
        foreach (PopulationSlice slice in _slices)
        {
            if (slice.SecondMoments is { } spread)
                _schedule.Receive(slice.Plan, spread);
        }
    }

    private void Step(int slice, SliceExecution slices)
    {
        SentSignal? sent = slices.Step(slice, _elapsed[slice]);
        if (sent is not null)
            _links.Send(slice, sent, _wheel);
        ScheduleStep(_slices[slice].Plan);
    }

    private void ScheduleStep(SlicePlan slice)
    {
        ClockTick tick = _clocks[slice.Index].Next();
        _elapsed[slice.Index] = tick.Elapsed;
        ulong order = EventOrder.Of(EventKind.Step, slice.Population.Index, slice.First);
        _wheel.Schedule(new(_wheel.Now + tick.Interval, order, 0, slice.Index));
    }

    private enum PhaseEnd
    {
        Reached,
        EvaluationIsNext,
        Cancelled,
    }
}
