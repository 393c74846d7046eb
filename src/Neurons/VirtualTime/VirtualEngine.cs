using Nudge.Clocks;
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
/// Engine 1: the whole network on one thread in virtual time. Events happen in one total order (time, kind, population,
/// first unit, message number), so a seed gives the same bits on every machine, as fast as the machine allows.
/// </summary>
public sealed partial class VirtualEngine : IStateful
{
    private readonly NetworkPlan _network;
    private readonly TrainingSchedule _schedule;
    private readonly TimingWheel _wheel = new();
    private readonly PopulationSlice[] _slices;
    private readonly FramePool[] _pools;
    private readonly LocalClock[] _clocks;
    private readonly float[] _elapsed;
    private readonly ActivityLinks _links;
    private readonly ControlLinks _control;
    private readonly bool[] _answers;
    private readonly float[] _answer;
    private readonly bool _isCopy;
    private EvaluationBranch? _branch;
    private EventHash _hash;

    /// <summary>Makes an engine at time zero, before the first phase.</summary>
    /// <param name="network">The network.</param>
    /// <param name="schedule">Decides what is shown.</param>
    /// <param name="rules">Makes the plasticity rules; by default those that the settings name.</param>
    public VirtualEngine(NetworkPlan network, TrainingSchedule schedule, RuleMaker? rules = null)
        : this(network, schedule, slice => network.CreateSlice(slice, rules))
    {
    }

    private VirtualEngine(NetworkPlan network, TrainingSchedule schedule, Func<SlicePlan, PopulationSlice> create)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(schedule);
        _network = network;
        _schedule = schedule;
        _slices = [.. network.Slices.Select(create)];
        _pools = [.. network.Slices.Select(slice => new FramePool(network.Settings.Lanes * slice.Values))];
        _clocks = [.. network.Slices.Select(slice => SliceClock.Create(network, slice))];
        _elapsed = new float[_slices.Length];
        _links = new(network);
        _control = new(network);
        _answers = new bool[_slices.Length];
        foreach (SlicePlan slice in schedule.Listening)
            _answers[slice.Index] = true;
        _answer = new float[network.Settings.Lanes * schedule.Listening.Max(slice => _slices[slice.Index].AnswerSize)];
        _wheel.Schedule(new(0, EventOrder.Of(EventKind.PhaseChange), 0, 0));
        foreach (SlicePlan slice in network.Slices)
            ScheduleStep(slice);
    }

    private VirtualEngine(VirtualEngine original, TrainingSchedule schedule)
        : this(original._network, schedule, slice => original._network.CreateReader(original._slices[slice.Index])) =>
        _isCopy = true;

    /// <summary>The slices, by number.</summary>
    public IReadOnlyList<PopulationSlice> Slices => _slices;

    /// <summary>Receives all that reaches a slice, or null.</summary>
    public IEventRecorder? Recorder { get; set; }

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
        while (_wheel.TryTakeNext(out ScheduledEvent next))
        {
            EventKind kind = EventOrder.Kind(next.Order);
            if (kind == EventKind.PhaseChange && _schedule.EvaluationIsNext && !_isCopy)
            {
                _wheel.Schedule(next);
                return BeginEvaluating();
            }

            Events++;
            _hash.Mix(next.Time);
            _hash.Mix((long)next.Order);
            _hash.Mix(next.Number);
            switch (kind)
            {
                case EventKind.Activity:
                    _hash.Mix(_links.Arrive(next.Payload, _slices, _wheel, Recorder));
                    break;
                case EventKind.Step:
                    Step(next.Payload);
                    if (cancellation.IsCancellationRequested)
                        return true;
                    break;
                case EventKind.Control:
                    _control.Arrive(next.Payload, _slices, _wheel, Recorder);
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
                    _links.ArriveRequest(next.Payload, _slices);
                    break;
                default:
                    return ChangePhase();
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
        state.Item(10, ref _steps);
        state.Item(11, ref _laggingSteps);
        if (state.IsRestoring)
            _branch?.Abandon();
    }

    private bool ChangePhase()
    {
        NumericalException.ThrowIfNotFinite(_slices, Now);
        foreach (SlicePlan slice in _schedule.Listening)
            _hash.Mix(_schedule.UsesEveryStep ? Answer(slice.Index) : Receive(slice.Index));
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

    private ReadOnlySpan<float> Answer(int index)
    {
        PopulationSlice slice = _slices[index];
        Span<float> answer = _answer.AsSpan(0, _network.Settings.Lanes * slice.AnswerSize);
        slice.CopyAnswer(answer);
        return answer;
    }

    private ReadOnlySpan<float> Receive(int index)
    {
        ReadOnlySpan<float> answer = Answer(index);
        _schedule.Receive(_slices[index].Plan, _slices[index].Tag.Phase, answer);
        return answer;
    }

    private void Step(int index)
    {
        PopulationSlice slice = _slices[index];
        Recorder?.Step(slice.Plan, _elapsed[index]);
        slice.Step(_elapsed[index]);
        CountLag(slice);
        if (_answers[index] && _schedule.UsesEveryStep)
            Receive(index);
        if (!slice.SendsChanges)
            _links.Send(slice.Send(_pools[index]), _wheel);
        else if (slice.TrySendChanges(_pools[index], out ActivitySignal changes))
            _links.Send(changes, _wheel);
        ScheduleStep(slice.Plan);
    }

    private void ScheduleStep(SlicePlan slice)
    {
        ClockTick tick = _clocks[slice.Index].Next();
        _elapsed[slice.Index] = tick.Elapsed;
        ulong order = EventOrder.Of(EventKind.Step, slice.Population.Index, slice.First);
        _wheel.Schedule(new(_wheel.Now + tick.Interval, order, 0, slice.Index));
    }
}
