using Nudge.Messages;
using Nudge.Simulation.Faults;
using Nudge.Simulation.World;
using Nudge.Store;
using Nudge.Supervision;

namespace Nudge.Simulation.Checks;

/// <summary>What must hold in every run, whatever goes wrong; knows nothing of how faults are drawn.</summary>
internal sealed class RunChecks(World.World world)
{
    private static readonly FaultKind[] EndProcesses =
    [
        FaultKind.KillNode, FaultKind.RestartNode, FaultKind.StopNode, FaultKind.CutNode, FaultKind.HalfOpen, FaultKind.RemoveWrongly,
        FaultKind.ManagerFails, FaultKind.LeaveNode, FaultKind.StopCoordinator,
    ];

    private readonly List<string> _violations = [];
    private readonly Dictionary<int, long> _kept = [];
    private readonly Dictionary<int, TimeSpan> _stepped = [];
    private readonly Dictionary<int, long> _steps = [];
    private readonly HashSet<int> _betweenNodes = [];
    private Scenario? _scenario;
    private readonly Dictionary<(SimulatedStore Store, int Slice), int> _newest = [];
    private SimulatedStore? _begunOn;

    internal IReadOnlyList<string> Violations => _violations;

    private bool IsPeaceful => _scenario!.Faults.All(fault => Scenario.Peaceful.Contains(fault.Kind));

    private bool IsCalm => _scenario!.Faults.All(fault => fault.Kind is FaultKind.LeaveNode or FaultKind.JoinNode or FaultKind.Duplicates
        or FaultKind.SlowNetwork or FaultKind.Flap or FaultKind.SlowStore);

    internal void Expect(Scenario scenario) => _scenario = scenario;

    /// <summary>A state is reported as saved.</summary>
    internal void Kept(NodeProcess node, int slice, long updates)
    {
        if (ReferenceEquals(node.Store, world.Store))
            _kept[slice] = Math.Max(_kept.GetValueOrDefault(slice), updates);
    }

    /// <summary>An incarnation begins.</summary>
    internal void Restored(NodeProcess node, Assignment of, int incarnation, long updates)
    {
        _betweenNodes.Remove(of.Slice);
        // A run that has not begun may begin on any store, and goes on with the one that it has begun on.
        bool begun = world.Processes.OfType<CoordinatorProcess>().Any(coordinator => coordinator.Begun);
        if (!begun)
            _begunOn = node.Store;
        // A process that stood still before its slice could start starts one that the store has shut out since: what it sends is not taken.
        bool shutOut = node.Store is { } store && incarnation < _newest.GetValueOrDefault((store, of.Slice));
        if (node.Store is { } own && !shutOut)
            _newest[(own, of.Slice)] = incarnation;
        if (_scenario!.Keeps && begun && !ReferenceEquals(node.Store, _begunOn ?? world.Store))
            Violate($"slice {of} starts on {node.Address}, which has not the store of the run");
        else if (!shutOut && updates < _kept.GetValueOrDefault(of.Slice))
            Violate($"slice {of} starts as incarnation {incarnation} with {updates} updates, and {_kept[of.Slice]} had been saved");
    }

    /// <summary>A slice ends in order, to begin on another node.</summary>
    internal void HandedOver(Assignment of) => _betweenNodes.Add(of.Slice);

    /// <summary>A slice has made a step.</summary>
    internal void Stepped(NodeProcess node, SimulatedSlice slice, int epoch)
    {
        _steps[slice.Of.Slice] = _steps.GetValueOrDefault(slice.Of.Slice) + 1;
        foreach (CoordinatorProcess coordinator in world.Processes.OfType<CoordinatorProcess>())
        {
            if (coordinator.Supervisor.Epoch != epoch || !IsCurrent(coordinator, node.Address, slice.Of))
                continue;
            _stepped[slice.Of.Slice] = world.Time.Now;
            if (coordinator.Standing && coordinator is { Alive: true, Stopped: false, Failure.Length: 0, Ending: false })
                Violate($"slice {slice.Of} on {node.Address} steps while all stands still");
            // What it sends to one that is nowhere is lost, which the books of a leave in order must not be.
            if (IsCalm && _betweenNodes.Count > 0 && coordinator is { Begun: true, Ending: false })
                Violate($"slice {slice.Of} on {node.Address} steps while slice {_betweenNodes.First()} is between two nodes");
        }
    }

    /// <summary>The engine was told that all stands still.</summary>
    internal void StandsStill(CoordinatorProcess coordinator)
    {
        foreach ((NodeProcess node, int epoch, SimulatedSlice slice) in Slices())
        {
            if (epoch == coordinator.Supervisor.Epoch && IsCurrent(coordinator, node.Address, slice.Of) && slice.MaySteps)
                Violate($"slice {slice.Of} on {node.Address} does not stand still");
        }
    }

    /// <summary>A run has failed: that must have a cause that is true.</summary>
    internal void Failed(CoordinatorProcess coordinator, string reason)
    {
        bool Is(string text) => reason.Contains(text, StringComparison.Ordinal);
        bool Has(FaultKind kind) => _scenario!.Faults.Any(fault => fault.Kind == kind);
        int ends = _scenario!.Faults.Count(fault => EndProcesses.Contains(fault.Kind));
        bool excused =
            (Is("does not start") && (Has(FaultKind.PoisonState) || Has(FaultKind.BrokenState) || ends >= RunSupervisor.FailedStartsAtMost))
            || (Is("no node came") && !AnyUsable(coordinator))
            || (Is("has given this coordinator a number") && (!AnyUsable(coordinator) || Has(FaultKind.StoreAway) || Has(FaultKind.SlowStore)))
            || (Is("have no store") && !_scenario.Keeps && (ends > 0 || Has(FaultKind.PoisonState) || Has(FaultKind.BrokenState)))
            || (Is("another coordinator") && world.Store.NewestCoordinator(World.World.RunName) != coordinator.Token)
            || (Is("another coordinator") && Has(FaultKind.JoinWithOtherStore))
            || (Is("removed this coordinator") && !world.Membership.Members.Values.Contains(coordinator))
            || (Is("is not that of the run") && Has(FaultKind.JoinWithOtherStore) && !coordinator.Begun);
        if (!excused)
            Violate($"the run of {coordinator.Address} failed without a cause: {reason}");
    }

    /// <summary>A slice has started again: that must have a cause.</summary>
    internal void Moved(string slice, string cause)
    {
        if (IsPeaceful && (cause.Contains("no longer has it", StringComparison.Ordinal) || cause == StoreFailure.TakenOver))
            Violate($"{slice} has moved without a cause: {cause}");
    }

    /// <summary>A node was told to leave some time ago.</summary>
    internal void MustHaveLeft(NodeProcess node)
    {
        if (IsPeaceful && node is { Alive: true, Left: false })
            Violate($"{node.Address} was to leave, and has not given up its slices for long");
    }

    /// <summary>All faults have ended, and some time has passed.</summary>
    internal void Healed(CoordinatorProcess coordinator)
    {
        if (_scenario!.Faults.Any(fault => fault.Kind == FaultKind.PoisonState))
        {
            int coordinators = world.Processes.OfType<CoordinatorProcess>().Count();
            if (world.PoisonKills > RunSupervisor.FailedStartsAtMost * coordinators)
                Violate($"the state of one slice has ended {world.PoisonKills} processes");
        }

        foreach (NodeProcess node in world.Processes.OfType<NodeProcess>().Where(node => node is { Alive: true, Leaving: true, Left: false }))
            Violate($"{node.Address} was to leave, and has not given up its slices");
        if (coordinator.Failure.Length > 0)
            return;
        if (!coordinator.Alive)
            Violate($"{coordinator.Address} has ended without a reason");
        else if (!world.Membership.Members.Values.Contains(coordinator))
            Violate($"{coordinator.Address} was removed, and its run goes on");
        else if (!AnyUsable(coordinator))
            return;
        else if (!coordinator.Begun)
            Violate($"the run of {coordinator.Address} has not begun");
        else if (coordinator.WaitsFor > TimeSpan.FromSeconds(30))
            Violate($"the engine of {coordinator.Address} waits for an answer for {coordinator.WaitsFor.TotalSeconds:0} s");
        foreach ((SupervisedPlace place, int slice) in coordinator.Supervisor.Places.Select((place, slice) => (place, slice)))
        {
            if (!place.IsUp)
                Violate($"slice {slice} is not up: {place.State}");
        }

        foreach (NodeProcess node in world.Processes.OfType<NodeProcess>().Where(node => node.Alive))
        {
            foreach ((int epoch, SliceDirectory? directory) in node.Directories)
            {
                if (epoch == coordinator.Supervisor.Epoch && Enumerable.Range(0, world.Slices).Any(slice => directory?.PathOf(slice) != coordinator.Supervisor.PathOf(slice)))
                    Violate($"{node.Address} has an old directory");
            }
        }
    }

    /// <summary>Some seconds later: every slice has stepped.</summary>
    internal void Steps(CoordinatorProcess coordinator)
    {
        if (coordinator.Failure.Length > 0 || !coordinator.Alive || !AnyUsable(coordinator))
            return;
        for (int slice = 0; slice < world.Slices; slice++)
        {
            if (world.Time.Now - _stepped.GetValueOrDefault(slice) > TimeSpan.FromSeconds(13))
                Violate($"slice {slice} has not stepped since {_stepped.GetValueOrDefault(slice).TotalSeconds:0.0} s");
        }
    }

    /// <summary>The supervisor has reported that all has ended.</summary>
    internal void EndedInOrder(CoordinatorProcess coordinator)
    {
        foreach ((NodeProcess node, int epoch, SimulatedSlice slice) in Slices())
        {
            if (epoch == coordinator.Supervisor.Epoch && node is { Alive: true, Stopped: false } && IsCurrent(coordinator, node.Address, slice.Of))
                Violate($"slice {slice.Of} still runs on {node.Address}");
        }
    }

    /// <summary>The run is over, and time has passed.</summary>
    internal void Over(CoordinatorProcess coordinator)
    {
        bool removed = !world.Membership.Members.Values.Contains(coordinator);
        if (coordinator.Alive && !coordinator.Ended && !removed && _scenario!.Keeps)
            Violate($"{coordinator.Address} has not been told that its slices have ended");
        foreach (NodeProcess node in world.Processes.OfType<NodeProcess>().Where(node => node.Alive && node.Hosts))
            Violate($"{node.Address} still hosts a run that is over");
        CheckLedger(coordinator);
        foreach ((string id, IReadOnlyList<SimulatedStore.Row> rows) in world.Store.Journals)
            CheckWriters(id, rows);
    }

    private void CheckLedger(CoordinatorProcess coordinator)
    {
        var counted = new Dictionary<int, long>();
        foreach (Actors.SliceCounters one in coordinator.Supervisor.Ended.Concat(coordinator.Supervisor.Present))
            counted[one.Slice] = counted.GetValueOrDefault(one.Slice) + one.Steps;
        foreach ((int slice, long steps) in _steps)
        {
            long known = counted.GetValueOrDefault(slice);
            if (known > steps)
                Violate($"slice {slice} has made {steps} steps, and {known} are counted");
            else if (IsCalm && _scenario!.Keeps && coordinator is { Failure.Length: 0, Ended: true } && known < steps)
                Violate($"slice {slice} has made {steps} steps, of which {known} are counted, though nothing was lost");
        }
    }

    /// <summary>Of the incarnations of a slice only the newest writes.</summary>
    private void CheckWriters(string id, IReadOnlyList<SimulatedStore.Row> rows)
    {
        int newest = 0;
        foreach (SimulatedStore.Row row in rows)
        {
            if (row.Event is IncarnationAllotted allotted)
            {
                if (allotted.Incarnation <= newest)
                    Violate($"{id}: incarnation {allotted.Incarnation} begins after {newest}");
                newest = allotted.Incarnation;
            }
            else if (row.Event.Incarnation != newest)
            {
                Violate($"{id}: incarnation {row.Event.Incarnation} has written after {newest} had begun");
            }
        }
    }

    private IEnumerable<(NodeProcess Node, int Epoch, SimulatedSlice Slice)> Slices() =>
        world.Processes.OfType<NodeProcess>().SelectMany(node => node.Slices.Select(kept => (node, kept.Epoch, kept.Slice)));

    private static bool IsCurrent(CoordinatorProcess coordinator, string node, Assignment of) =>
        coordinator.Supervisor.Places[of.Slice] is { IsUp: true } place && place.Node!.Name == node && place.Attempt == of.Attempt;

    private bool AnyUsable(CoordinatorProcess coordinator) => world.Membership.Members.Values.OfType<NodeProcess>().Any(node =>
        node is { Alive: true, Stopped: false, Leaving: false }
        && (_scenario!.Keeps ? ReferenceEquals(node.Store, world.Store) : node.Store is null)
        && !world.Network.IsCut(node.Address, coordinator.Address) && !world.Network.IsCut(coordinator.Address, node.Address));

    private void Violate(string what)
    {
        world.Trace($"VIOLATION {what}");
        if (_violations.Count < 20)
            _violations.Add(what);
    }
}
