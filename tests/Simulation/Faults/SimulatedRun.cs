using Nudge.Simulation.World;

namespace Nudge.Simulation.Faults;

/// <summary>Puts one run through a scenario, and reports what did not hold.</summary>
internal sealed class SimulatedRun
{
    /// <summary>Everything must be as it should so long after the last fault has ended.</summary>
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(75);
    // Longer than all may stand still.
    private static readonly TimeSpan StepWithin = TimeSpan.FromSeconds(14);
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(90);
    private readonly World.World _world;
    private readonly Scenario _scenario;
    private CoordinatorProcess _coordinator;
    private int _coordinators;
    private int _joined;

    private SimulatedRun(Scenario scenario, PlantedBug bug, bool traced)
    {
        _scenario = scenario;
        _world = new(scenario.Seed, scenario.Slices, bug, traced);
        bug.Prepare(_world);
        for (int node = 0; node < scenario.Nodes; node++)
            Join(new NodeProcess(_world, NodeName(node), scenario.Keeps ? _world.Store : null));
        _coordinator = Begin();
        _world.Membership.Begin();
    }

    /// <summary>Runs a scenario.</summary>
    /// <returns>What did not hold, the history, and how much simulated time and how many events it took.</returns>
    internal static (IReadOnlyList<string> Violations, IReadOnlyList<string> History, TimeSpan Simulated, long Events) Of(
        Scenario scenario, PlantedBug? bug = null, bool traced = false)
    {
        var run = new SimulatedRun(scenario, bug ?? new PlantedBug(), traced);
        foreach (Fault fault in scenario.Faults)
            run._world.Time.In(fault.At, () => run.Do(fault));
        run._world.Checks.Expect(scenario);
        run._world.Time.RunUntil(Scenario.Healed + Within);
        run._world.Checks.Healed(run._coordinator);
        run._world.Time.RunUntil(Scenario.Healed + Within + StepWithin);
        run._world.Checks.Steps(run._coordinator);
        foreach (CoordinatorProcess coordinator in run._world.Processes.OfType<CoordinatorProcess>())
            coordinator.Do(coordinator.End);
        run._world.Time.RunUntil(Scenario.Healed + Within + EndWithin);
        run._world.Checks.Over(run._coordinator);
        return (run._world.Checks.Violations, run._world.History, run._world.Time.Now, run._world.Time.Events);
    }

    private static string NodeName(int node) => $"node{node}:1";

    private CoordinatorProcess Begin()
    {
        string[] workers =
        [
            .. _world.Membership.Members.Values.OfType<NodeProcess>()
                .Where(node => node.Alive && (node.Store is not null) == _scenario.Keeps)
                .Select(node => node.Address).Order(StringComparer.Ordinal),
        ];
        var coordinator = new CoordinatorProcess(
            _world, $"home{_coordinators++}:1", _scenario.Keeps, workers.Length > 0 ? workers : [NodeName(0)]);
        Join(coordinator);
        coordinator.Start();
        return coordinator;
    }

    private void Join(Process process)
    {
        _world.Add(process);
        _world.Membership.Join(process);
    }

    private void Do(Fault fault)
    {
        _world.Trace($"fault: {fault}");
        string address = NodeName(fault.Node);
        var node = _world.At(address) as NodeProcess;
        switch (fault.Kind)
        {
            case FaultKind.KillNode:
                node?.Kill();
                break;
            case FaultKind.RestartNode when node is { Alive: true }:
                _world.Membership.Restart(node);
                break;
            case FaultKind.StopNode when node is { Alive: true, Stopped: false }:
                node.Stop();
                _world.Time.In(fault.For, node.GoOn);
                break;
            case FaultKind.StopCoordinator when _coordinator is { Alive: true, Stopped: false } stopped:
                stopped.Stop();
                _world.Time.In(fault.For, stopped.GoOn);
                break;
            case FaultKind.ReplaceCoordinator:
                _coordinator.Kill();
                _world.Time.In(fault.For, () => _coordinator = Begin());
                break;
            case FaultKind.SecondCoordinator:
                _coordinator = Begin();
                break;
            case FaultKind.CutNode:
                Cut(address, _coordinator.Address, fault.For);
                Cut(_coordinator.Address, address, fault.For);
                break;
            case FaultKind.HalfOpen when fault.Node % 2 == 0:
                Cut(address, _coordinator.Address, fault.For);
                break;
            case FaultKind.HalfOpen:
                Cut(_coordinator.Address, address, fault.For);
                break;
            case FaultKind.Loss:
                During(fault, () => _world.Network.Loss += 0.3, () => _world.Network.Loss -= 0.3);
                break;
            case FaultKind.Duplicates:
                During(fault, () => _world.Network.Duplicates += 0.3, () => _world.Network.Duplicates -= 0.3);
                break;
            case FaultKind.Reorder:
                During(fault, () => (_world.Network.Reorders, _world.Network.Slow) = (true, TimeSpan.FromSeconds(0.3)), Calm);
                break;
            case FaultKind.SlowNetwork:
                During(fault, () => _world.Network.Slow = TimeSpan.FromSeconds(1), Calm);
                break;
            case FaultKind.SlowStore:
                During(fault, () => _world.Store.Slow = TimeSpan.FromSeconds(3), () => _world.Store.Slow = TimeSpan.FromSeconds(0.02));
                break;
            case FaultKind.StoreAway:
                During(fault, () => _world.Store.Away = true, () => _world.Store.Away = false);
                break;
            case FaultKind.LeaveNode when node is { Alive: true, Stopped: false, Leaving: false }:
                node.Leave();
                break;
            case FaultKind.JoinNode:
                Join(new NodeProcess(_world, $"late{_joined++}:1", _scenario.Keeps ? _world.Store : null));
                break;
            case FaultKind.JoinWithoutStore:
                Join(new NodeProcess(_world, $"late{_joined++}:1", null));
                break;
            case FaultKind.JoinWithOtherStore:
                Join(new NodeProcess(_world, $"late{_joined++}:1", new(_world.Time, new(_scenario.Seed, "other store"))));
                break;
            case FaultKind.Flap:
                _world.Membership.Flap(address);
                break;
            case FaultKind.RemoveWrongly when node is { Alive: true }:
                _world.Membership.Remove(node, lost: true);
                break;
            case FaultKind.SliceFails when node is { Alive: true, Stopped: false }:
                node.FailSlice(_world.Draws);
                break;
            case FaultKind.ManagerFails when node is { Alive: true, Stopped: false }:
                node.FailManager();
                break;
            case FaultKind.PoisonState:
                _world.PoisonSlice = fault.Node % _scenario.Slices;
                node?.FailManager();
                break;
            case FaultKind.BrokenState:
                _world.BrokenSlice = fault.Node % _scenario.Slices;
                node?.FailManager();
                break;
            default:
                break;
        }
    }

    private void Calm() => (_world.Network.Reorders, _world.Network.Slow) = (false, TimeSpan.FromMilliseconds(2));

    private void During(Fault fault, Action begin, Action end)
    {
        begin();
        _world.Time.In(fault.For, end);
    }

    private void Cut(string from, string to, TimeSpan length) =>
        During(new(FaultKind.CutNode, TimeSpan.Zero, length, 0), () => _world.Network.Cut(from, to), () => _world.Network.Heal(from, to));
}
