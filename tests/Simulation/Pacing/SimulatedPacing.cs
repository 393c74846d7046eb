using Nudge.Actors;
using Nudge.Interventions;

namespace Nudge.Simulation.Pacing;

/// <summary>What came of one run.</summary>
/// <param name="Violations">What did not hold.</param>
/// <param name="History">What happened, where it was traced.</param>
/// <param name="Simulated">Simulated time.</param>
/// <param name="Events">Events.</param>
internal sealed record PacingOutcome(IReadOnlyList<string> Violations, IReadOnlyList<string> History, TimeSpan Simulated, long Events)
{
    /// <summary>The longest time that a phase took after the last fault had ended.</summary>
    internal TimeSpan LongestPhase { get; init; }
}

/// <summary>Puts one run through a scenario, and reports what did not hold.</summary>
internal sealed class SimulatedPacing
{
    /// <summary>Once the last fault has ended, no phase takes longer.</summary>
    internal static readonly TimeSpan PhaseWithin = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(45);
    private readonly PacingWorld _world;
    private TimeSpan _goesOnSince;

    private SimulatedPacing(PacingScenario scenario, PacingBug bug, bool traced) => _world = new(scenario, bug, traced);

    private TimeSpan LongestPhase { get; set; }

    private PacingScenario Scenario => _world.Scenario;

    /// <summary>Runs a scenario.</summary>
    internal static PacingOutcome Of(PacingScenario scenario, PacingBug? bug = null, bool traced = false)
    {
        var run = new SimulatedPacing(scenario, bug ?? new PacingBug(), traced);
        run.Run();
        PacingWorld world = run._world;
        return new(world.Checks.Violations, world.History, world.Time.Now, world.Time.Events)
        {
            LongestPhase = run.LongestPhase,
        };
    }

    private void Run()
    {
        _goesOnSince = Scenario.Healed;
        foreach (PacingFault fault in Scenario.Faults)
            _world.Time.In(fault.At, () => Do(fault));
        foreach (PacingChange change in Scenario.Changes)
            _world.Time.In(change.At, () => _world.Interventions.Ask(PacingNetwork.Intervention(_world.Network.Plan, change.Kind, change.About)));
        if (Scenario.Changes.Count > 0)
            _world.Time.In(Scenario.Healed, Undo);
        _world.Supervision.Begin();
        while (!_world.Board.Progress.Over)
        {
            _world.Time.RunUntil(_world.Time.Now + Look);
            if (_world.Supervision.IsStanding || !_world.Supervision.CanGoOn)
                _goesOnSince = _world.Time.Now;
            _goesOnSince = _world.Checks.ChangedAt > _goesOnSince ? _world.Checks.ChangedAt : _goesOnSince;
            LongestPhase = _world.Time.Now - _goesOnSince > LongestPhase ? _world.Time.Now - _goesOnSince : LongestPhase;
            if (_world.Time.Now - _goesOnSince <= PhaseWithin)
                continue;
            _world.Checks.Violate($"phase {_world.Network.Schedule.Present?.Phase.Number} does not end within {PhaseWithin.TotalSeconds:0} s");
            TraceStates();
            return;
        }

        End();
    }

    private void TraceStates()
    {
        if (!_world.Traced)
            return;
        _world.Trace($"coordinator: {PacingStates.Of(_world.Coordinator.Pacing)}");
        foreach (SimulatedSlice slice in _world.Supervision.Directory.OfType<SimulatedSlice>())
            _world.Trace($"{slice}: {PacingStates.Of(slice.Pacing)}\n  {PacingStates.Of(slice.Host)}\n  lag: {PacingStates.Of(slice.Host.Lag)}");
    }

    private void End()
    {
        // Repeats come ever more rarely, so those whose first message was lost may have yet to hear of the last interventions.
        if (!RunUntil(() => _world.Checks.AllMade, "interventions are not made"))
            return;
        bool still = false;
        _world.Supervision.FreezeAtEnd(() => still = true);
        if (!RunUntil(() => still, "it does not come to a standstill"))
            return;
        if (!RunUntil(() => _world.Connections.IsIdle && _world.Processes.TrueForAll(process => !process.Alive || process.IsIdle), "what is under way does not arrive"))
            return;
        _world.Over = true;
        List<SliceCounters> counters = [.. _world.Supervision.Closed];
        foreach (SimulatedSlice slice in _world.Supervision.Directory.OfType<SimulatedSlice>())
            counters.Add(slice.EndInOrder().Counters);
        _world.Checks.Closed(counters);
    }

    private bool RunUntil(Func<bool> holds, string otherwise)
    {
        for (TimeSpan latest = _world.Time.Now + EndWithin; !holds();)
        {
            if (_world.Time.Now > latest)
            {
                _world.Checks.Violate(otherwise);
                return false;
            }

            _world.Time.RunUntil(_world.Time.Now + Look);
        }

        return true;
    }

    private void Undo()
    {
        foreach (InterventionSettings undoing in PacingNetwork.Undoing(_world.Network.Plan))
            _world.Interventions.Ask(undoing);
    }

    private void Do(PacingFault fault)
    {
        if (_world.Over || _world.Board.Progress.Over)
            return;
        _world.Trace($"{fault.Kind} {fault.About} for {fault.For.TotalSeconds:0.00} s");
        LoopProcess[] alive = [.. _world.Processes.Where(process => process.Alive)];
        LoopProcess process = alive[fault.About % alive.Length];
        int slice = fault.About % _world.Network.Plan.Slices.Count;
        switch (fault.Kind)
        {
            case PacingFaultKind.Stall:
                process.Stall(fault.For);
                break;
            case PacingFaultKind.Restart:
                _world.Supervision.Directory[slice]?.Fail();
                break;
            case PacingFaultKind.Freeze:
                _world.Supervision.Freeze(fault.For);
                break;
            case PacingFaultKind.Lose:
                _world.Supervision.Lose(slice, fault.For);
                break;
            case PacingFaultKind.EndProcess when process != _world.Home:
                _world.Supervision.EndProcess(process, fault.For);
                break;
            case PacingFaultKind.Flap when process != _world.Home:
                _world.Supervision.Flap(process, fault.For);
                break;
            case PacingFaultKind.HandOver:
                _world.Supervision.HandOver(slice);
                break;
            default:
                if (alive.Length > 1)
                    Disturb(fault, process, alive);
                break;
        }
    }

    private void Disturb(PacingFault fault, LoopProcess one, LoopProcess[] alive)
    {
        LoopProcess[] others = [.. alive.Where(process => process != one)];
        LoopProcess other = others[fault.About / alive.Length % others.Length];
        TimeSpan again = _world.Draws.Chance(0.7) ? _world.Draws.Seconds(0.05, 0.2) : _world.Draws.Seconds(0.05, 2);
        switch (fault.Kind)
        {
            case PacingFaultKind.Reset:
                _world.Connections.Reset(one, other, again, (true, true));
                break;
            case PacingFaultKind.ResetOneWay:
                _world.Connections.Reset(one, other, again, (true, false));
                break;
            case PacingFaultKind.ResetOften:
                for (int count = 0; count < 4; count++)
                {
                    bool there = _world.Draws.Chance(0.7);
                    bool back = _world.Draws.Chance(0.7);
                    _world.Time.In(fault.For * _world.Draws.Uniform(0, 1), () => _world.Connections.Reset(one, other, TimeSpan.FromSeconds(0.06), (there, back)));
                }

                break;
            case PacingFaultKind.Hold:
                _world.Connections.Hold(one, other, fault.For);
                break;
            case PacingFaultKind.HoldAndReset:
                _world.Connections.Hold(one, other, fault.For);
                if (fault.About % 2 == 0)
                    _world.Connections.Hold(other, one, fault.For);
                _world.Time.In(fault.For, () => _world.Connections.Reset(one, other, again, (true, fault.About % 2 == 0)));
                break;
            default:
                break;
        }
    }
}
