using Akka.Actor;
using Akka.Cluster;

namespace Nudge.Runs;

/// <summary>Which runs are open and which node makes which. A run is with one node at most, and is over once.</summary>
internal sealed class RunTable(int runs)
{
    private readonly SortedSet<int> _open = [.. Enumerable.Range(0, runs)];
    private readonly Dictionary<UniqueAddress, DealtNode> _nodes = [];
    private int _over;

    internal IEnumerable<DealtNode> Nodes => _nodes.Values;

    internal bool AllOver => _over == runs;

    internal DealtNode? NodeOf(UniqueAddress address) => _nodes.GetValueOrDefault(address);

    internal DealtNode? NodeOf(IActorRef runner) => _nodes.Values.FirstOrDefault(node => node.Runner.Equals(runner));

    internal void Add(DealtNode node) => _nodes.Add(node.Address, node);

    /// <summary>The next run and the node that gets it, the one with the most room; null where either is missing.</summary>
    internal (DealtNode Node, int Job)? Deal()
    {
        if (_open.Count == 0)
            return null;
        DealtNode? node = _nodes.Values
            .Where(one => one.Free > 0)
            .OrderByDescending(one => one.Free)
            .ThenBy(one => one.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        if (node is null)
            return null;
        int job = _open.Min;
        _open.Remove(job);
        node.Jobs.Add(job, 0);
        return (node, job);
    }

    /// <summary>A run is over; false where that node was not to make it, or it is over already.</summary>
    internal bool End(DealtNode node, int job)
    {
        if (!node.Jobs.Remove(job))
            return false;
        _over++;
        return true;
    }

    /// <summary>A run is to be dealt out again; false where that node was not to make it.</summary>
    internal bool Return(DealtNode node, int job) => node.Jobs.Remove(job) && _open.Add(job);

    /// <summary>Forgets a node; its runs are open again.</summary>
    internal void Lose(DealtNode node)
    {
        _nodes.Remove(node.Address);
        _open.UnionWith(node.Jobs.Keys);
    }
}
