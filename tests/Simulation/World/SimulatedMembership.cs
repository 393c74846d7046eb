using Nudge.Supervision;

namespace Nudge.Simulation.World;

/// <summary>
/// Who is a member of the cluster, as coordinators and nodes are told: who does not answer is unreachable after some seconds, and then
/// removed by the larger part of the cluster; who is removed learns of it late, or when it goes on after standing still.
/// </summary>
internal sealed class SimulatedMembership(World world, Draws draws)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private readonly Dictionary<string, Process> _members = [];
    private readonly Dictionary<(string Observer, string Other), TimeSpan> _silentSince = [];
    private readonly HashSet<(string Observer, string Other)> _unreachable = [];
    private readonly Dictionary<CoordinatorProcess, TimeSpan> _told = [];
    private int _restarts;

    internal IReadOnlyDictionary<string, Process> Members => _members;

    internal void Begin() => Look();

    internal void Join(Process process)
    {
        if (_members.TryGetValue(process.Address, out Process? before) && !ReferenceEquals(before, process))
            Remove(before, lost: true);
        _members[process.Address] = process;
        foreach (CoordinatorProcess coordinator in _members.Values.OfType<CoordinatorProcess>().ToArray())
        {
            if (process is NodeProcess node)
                Tell(coordinator, new SupervisorEvent.NodeUp(node.Address, node.Number, node.Store is not null));
        }

        if (process is CoordinatorProcess joined)
        {
            foreach (NodeProcess node in _members.Values.OfType<NodeProcess>())
                Tell(joined, new SupervisorEvent.NodeUp(node.Address, node.Number, node.Store is not null));
            foreach (string gone in joined.Workers.Where(worker => !_members.ContainsKey(worker)))
                Tell(joined, new SupervisorEvent.NodeRemoved(gone, Lost: true));
        }
    }

    /// <summary>A node has given up all slices.</summary>
    internal void LeaveInOrder(NodeProcess node) => world.Time.In(draws.Seconds(0.05, 0.5), () =>
    {
        if (!_members.TryGetValue(node.Address, out Process? present) || !ReferenceEquals(present, node) || !node.Alive)
            return;
        Remove(node, lost: false);
        node.Kill();
    });

    /// <summary>The process ends at once, and is started again under the same address.</summary>
    internal void Restart(NodeProcess node)
    {
        node.Kill();
        if (++_restarts > 20)
            return;
        world.Time.In(draws.Seconds(0.5, 6), () =>
        {
            if (world.At(node.Address) is { Alive: true })
                return;
            var again = new NodeProcess(world, node.Address, node.Store);
            world.Add(again);
            world.Trace($"{node.Address} starts again");
            Join(again);
        });
    }

    /// <summary>Membership is wrong for a moment: a node that answers is taken for unreachable.</summary>
    internal void Flap(string node)
    {
        foreach (CoordinatorProcess coordinator in _members.Values.OfType<CoordinatorProcess>().ToArray())
        {
            Tell(coordinator, new SupervisorEvent.NodeReachable(node, Reachable: false));
            world.Time.In(draws.Seconds(0.5, 3), () => Tell(coordinator, new SupervisorEvent.NodeReachable(node, Reachable: true)));
        }
    }

    internal void Remove(Process process, bool lost)
    {
        if (!_members.TryGetValue(process.Address, out Process? present) || !ReferenceEquals(present, process))
            return;
        _members.Remove(process.Address);
        _unreachable.RemoveWhere(pair => pair.Observer == process.Address || pair.Other == process.Address);
        world.Trace($"{process.Address} is removed from the cluster");
        foreach (Process other in _members.Values.ToArray())
        {
            if (other is CoordinatorProcess coordinator)
                Tell(coordinator, new SupervisorEvent.NodeRemoved(process.Address, lost));
            if (other is NodeProcess node && process is CoordinatorProcess)
                world.Time.In(draws.Seconds(0, 0.3), () => node.Do(() => node.LoseCoordinator(process.Address)));
        }

        if (lost)
            world.Time.In(draws.Seconds(0, 3), () => process.Do(process.LearnRemoved));
    }

    // Late, but in order: one actor publishes all that a process is told.
    private void Tell(CoordinatorProcess coordinator, SupervisorEvent what)
    {
        TimeSpan at = world.Time.Now + draws.Seconds(0, 0.2);
        if (_told.TryGetValue(coordinator, out TimeSpan last) && last > at)
            at = last;
        _told[coordinator] = at;
        world.Time.In(at - world.Time.Now, () => coordinator.Do(() => coordinator.See(what)));
    }

    private void Look() => world.Time.In(LookEvery, () =>
    {
        foreach (Process observer in _members.Values.OfType<CoordinatorProcess>().Where(one => one is { Alive: true, Stopped: false }).ToArray())
        {
            foreach (Process other in _members.Values.Where(other => !ReferenceEquals(other, observer)).ToArray())
                Look(observer, other);
        }

        // Without a coordinator the nodes find out about each other all the same.
        foreach (Process gone in _members.Values.Where(process => !process.Alive).ToArray())
            LookAtDead(gone);
        Look();
    });

    private void LookAtDead(Process gone)
    {
        (string, string) pair = ("nodes", gone.Address);
        _silentSince.TryAdd(pair, world.Time.Now);
        if (world.Time.Now - _silentSince[pair] < TimeSpan.FromSeconds(7))
            return;
        _silentSince.Remove(pair);
        Remove(gone, lost: true);
    }

    private void Look(Process observer, Process other)
    {
        (string, string) pair = (observer.Address, other.Address);
        if (IsConnected(observer, other))
        {
            _silentSince.Remove(pair);
            if (_unreachable.Remove(pair) && observer is CoordinatorProcess sees)
                Tell(sees, new SupervisorEvent.NodeReachable(other.Address, Reachable: true));
            return;
        }

        _silentSince.TryAdd(pair, world.Time.Now);
        TimeSpan silent = world.Time.Now - _silentSince[pair];
        if (silent > TimeSpan.FromSeconds(2.5) && _unreachable.Add(pair) && observer is CoordinatorProcess coordinator)
            Tell(coordinator, new SupervisorEvent.NodeReachable(other.Address, Reachable: false));
        if (silent < TimeSpan.FromSeconds(5.5))
            return;
        // The larger part of the cluster remains.
        Process[] with = [.. _members.Values.Where(one => ReferenceEquals(one, observer) || IsConnected(observer, one))];
        bool observerStays = with.Length * 2 > _members.Count
            || (with.Length * 2 == _members.Count && with.Min(one => one.Address, StringComparer.Ordinal) == _members.Keys.Min(StringComparer.Ordinal));
        Remove(observerStays ? other : observer, lost: true);
    }

    private bool IsConnected(Process one, Process other) =>
        one is { Alive: true, Stopped: false } && other is { Alive: true, Stopped: false }
        && !world.Network.IsCut(one.Address, other.Address) && !world.Network.IsCut(other.Address, one.Address);
}

file static class StringMinimum
{
    internal static string Min(this IEnumerable<string> all, StringComparer comparer) => all.OrderBy(one => one, comparer).First();

    internal static string Min(this IEnumerable<Process> all, Func<Process, string> key, StringComparer comparer) =>
        all.Select(key).OrderBy(one => one, comparer).First();
}
