using Nudge.Clocks;
using Nudge.Interventions;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Populations;
using Nudge.State;
using Nudge.Topology;

namespace Nudge.VirtualTime;

/// <summary>
/// A network in virtual time without what it is shown: the calendar of its events, its links and clocks, and those of its
/// slices that this process runs. Events happen in one total order (time, kind, population, first unit, message number).
/// What the calendar holds does not depend on what messages carry, so each of several processes can have all of it.
/// </summary>
internal sealed class VirtualNetwork
{
    private readonly NetworkPlan _plan;
    private readonly PopulationSlice?[] _slices;
    private readonly TimingWheel _wheel = new();
    private readonly LocalClock[] _clocks;
    private readonly float[] _elapsed;
    private readonly bool[] _silent;
    private readonly ActivityLinks _links;
    private readonly ControlLinks _control;
    private List<AppliedIntervention> _applied = [];
    private NetworkConditions _conditions;
    private EventHash _hash;

    /// <summary>Makes a network at time zero, before the first phase.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="slices">Its slices, by number; null for those that another process runs.</param>
    internal VirtualNetwork(NetworkPlan plan, PopulationSlice?[] slices)
    {
        _plan = plan;
        _slices = slices;
        _clocks = [.. plan.Slices.Select(slice => SliceClock.Create(plan, slice))];
        _elapsed = new float[plan.Slices.Count];
        _silent = new bool[plan.Slices.Count];
        _links = new(plan);
        _control = new(plan);
        _conditions = NetworkConditions.Of(plan);
        _wheel.Schedule(new(0, EventOrder.Of(EventKind.PhaseChange), 0, 0));
        foreach (SlicePlan slice in plan.Slices)
            ScheduleStep(slice);
    }

    /// <summary>Virtual time in τ.</summary>
    internal double Now => Ticks.ToTau(_wheel.Now);

    /// <summary>Events so far.</summary>
    internal long Events { get; private set; }

    /// <summary>Hash of all events so far, in their order.</summary>
    internal ulong Hash => _hash.Value;

    /// <summary>Signals that have not reached all their receivers, or lack an acknowledgement, each with its sender.</summary>
    internal IEnumerable<(SlicePlan Source, SentSignal Sent)> UnderWay => _links.SignalsUnderWay();

    /// <summary>Messages sent so far, of all links.</summary>
    internal long Sent => Ledger().Sum(row => row.Sent);

    /// <summary>
    /// Runs until the next event is the end of the present phase; false if it was cancelled before, between two events.
    /// </summary>
    internal bool RunToPhaseEnd(SliceExecution slices, CancellationToken cancellation)
    {
        while (_wheel.TryTakeNext(out ScheduledEvent next))
        {
            EventKind kind = EventOrder.Kind(next.Order);
            if (kind == EventKind.PhaseChange)
            {
                _wheel.Schedule(next);
                return true;
            }

            Note(next);
            switch (kind)
            {
                case EventKind.Activity:
                    _hash.Mix(_links.Arrive(next.Payload, slices, _wheel));
                    break;
                case EventKind.Step:
                    Step(next.Payload, slices);
                    if (cancellation.IsCancellationRequested)
                        return false;
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
                    _links.TimeOut(next.Payload, slices, _wheel);
                    break;
                case EventKind.ActivityRequest:
                    _links.ArriveRequest(next.Payload, slices);
                    break;
                default:
                    throw new InvalidOperationException($"{kind} is no kind of event.");
            }
        }

        throw new InvalidOperationException("Virtual time has run out of events.");
    }

    /// <summary>Ends the phase whose end is the next event.</summary>
    internal void EndPhase()
    {
        if (!_wheel.TryTakeNext(out ScheduledEvent next) || EventOrder.Kind(next.Order) != EventKind.PhaseChange)
            throw new InvalidOperationException("No phase ends here.");
        Note(next);
    }

    /// <summary>Mixes what was answered at the end of a phase into the hash.</summary>
    internal void Mix(ReadOnlySpan<float> answer) => _hash.Mix(answer);

    /// <summary>Begins a phase where the last one has ended.</summary>
    internal void BeginPhase(PhaseProgram program)
    {
        _control.Send(program, _wheel);
        long length = Math.Max(1, Ticks.FromTau(program.Length));
        _wheel.Schedule(new(_wheel.Now + length, EventOrder.Of(EventKind.PhaseChange), program.Tag.Phase.Number, 0));
    }

    /// <summary>The conditions that hold now.</summary>
    internal NetworkConditions Conditions => _conditions;

    /// <summary>Interventions that have taken place, the earliest first.</summary>
    internal IReadOnlyList<AppliedIntervention> Applied => _applied;

    /// <summary>Makes interventions, between two phases; each is one of the events.</summary>
    internal void Apply(IReadOnlyList<AppliedIntervention> interventions)
    {
        foreach (AppliedIntervention one in interventions)
        {
            _hash.Mix(one.Number);
            foreach (char letter in InterventionJson.Write(one.Settings))
                _hash.Mix(letter);
            _applied.Add(one);
        }

        if (interventions.Count == 0)
            return;
        Use(NetworkConditions.After(_plan, _applied));
        foreach (PopulationSlice slice in _slices.OfType<PopulationSlice>())
            FlipWeights.Make(slice, _plan.Settings.Seed, _applied);
    }

    /// <summary>The counters of all links, activity first, then control; those that slices keep only of slices run here.</summary>
    internal IReadOnlyList<LedgerEntry> Ledger()
    {
        var ledger = new Ledger();
        _links.AddTo(ledger, _slices);
        _control.AddTo(ledger);
        return ledger.Close();
    }

    /// <summary>
    /// Describes the state within the section of an engine. Slices that another process runs have no state here, and what
    /// is stored of them is skipped.
    /// </summary>
    /// <param name="state">The section.</param>
    /// <param name="includes">Which slices' states are wanted, or null for all.</param>
    internal void Describe(StateSection state, Func<int, bool>? includes = null)
    {
        state.List(2, "slices", _slices.Length, slice =>
        {
            if (includes?.Invoke(slice) ?? true)
                _slices[slice]?.Describe(state);
        });
        state.List(3, "clocks", _clocks);
        state.Floats(4, _elapsed, "_elapsed");
        state.Section(5, "links", _links);
        state.Section(6, "control", _control);
        Events = state.Item(7, Events);
        state.Section(8, "hash", ref _hash);
        state.Section(9, "wheel", new WheelState(_wheel));
    }

    /// <summary>Describes the interventions so far, after all else within the same section.</summary>
    internal void DescribeInterventions(StateSection state)
    {
        // Versions that had none did not write this list.
        _applied = state.Has(12) ? AppliedIntervention.Describe(state, 12, _applied) : [];
        if (state.IsRestoring)
            Use(NetworkConditions.After(_plan, _applied));
    }

    private void Note(in ScheduledEvent next)
    {
        Events++;
        _hash.Mix(next.Time);
        _hash.Mix((long)next.Order);
        _hash.Mix(next.Number);
    }

    private void Use(NetworkConditions conditions)
    {
        _conditions = conditions;
        _links.Use(conditions);
        _control.Use(conditions);
        foreach (SlicePlan slice in _plan.Slices)
        {
            _clocks[slice.Index].Slowness = conditions.SlownessOf(slice.Population);
            _silent[slice.Index] = conditions.IsSilent(slice.Population);
        }
    }

    private void Step(int slice, SliceExecution slices)
    {
        SentSignal? sent = _silent[slice] ? null : slices.Step(slice, _elapsed[slice]);
        if (sent is not null)
            _links.Send(slice, sent, slices, _wheel);
        ScheduleStep(_plan.Slices[slice]);
    }

    private void ScheduleStep(SlicePlan slice)
    {
        ClockTick tick = _clocks[slice.Index].Next();
        _elapsed[slice.Index] = tick.Elapsed;
        ulong order = EventOrder.Of(EventKind.Step, slice.Population.Index, slice.First);
        _wheel.Schedule(new(_wheel.Now + tick.Interval, order, 0, slice.Index));
    }
}
