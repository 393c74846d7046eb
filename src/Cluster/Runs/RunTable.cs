using Akka.Actor;
using Akka.Cluster;

namespace Nudge.Runs;

/// <summary>Which runs are open and which node makes which. A run is with one node at most, and is over once.</summary>
internal sealed class RunTable(int runs)
{
    /// <summary>With so many lost nodes a run is taken for the cause: it may need more memory than any has.</summary>
    internal const int LossesAtMost = 5;

    private readonly SortedSet<int> _open = [.. Enumerable.Range(0, runs)];
    private readonly Dictionary<UniqueAddress, AssignedNode> _nodes = [];
    private readonly Dictionary<int, int> _losses = [];
    private int _over;

    internal IEnumerable<AssignedNode> Nodes => _nodes.Values;

    internal bool AllOver => _over == runs;

    internal AssignedNode? NodeOf(UniqueAddress address) => _nodes.GetValueOrDefault(address);

    internal AssignedNode? NodeOf(IActorRef runner) => _nodes.Values.FirstOrDefault(node => node.Runner.Equals(runner));

    internal void Add(AssignedNode node) => _nodes.Add(node.Address, node);

    /// <summary>The next run and the node with the most room, which gets it; null where either is missing.</summary>
    internal (AssignedNode Node, int Job)? Deal()
    {
        if (_open.Count == 0)
            return null;
        AssignedNode? node = _nodes.Values
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
    internal bool End(AssignedNode node, int job)
    {
        if (!node.Jobs.Remove(job))
            return false;
        _over++;
        return true;
    }

    /// <summary>A run is to be assigned again; false where that node was not to make it.</summary>
    internal bool Return(AssignedNode node, int job) => node.Jobs.Remove(job) && _open.Add(job);

    /// <summary>Forgets a node; its runs are open again.</summary>
    /// <returns>Those that are over instead, since too many nodes were lost with them.</returns>
    internal IReadOnlyList<int> Lose(AssignedNode node)
    {
        _nodes.Remove(node.Address);
        var hopeless = new List<int>();
        foreach (int job in node.Jobs.Keys)
        {
            // A node that leaves in order does not do so because of its runs.
            int losses = _losses[job] = _losses.GetValueOrDefault(job) + (node.Leaving ? 0 : 1);
            if (losses < LossesAtMost)
                _open.Add(job);
            else
                hopeless.Add(job);
        }

        _over += hopeless.Count;
        return hopeless;
    }
}

/// <summary>A node that may make runs, as the scheduler knows it.</summary>
internal sealed class AssignedNode(UniqueAddress address, string name)
{
    internal UniqueAddress Address => address;

    internal string Name => name;

    /// <summary>The actor there that makes runs; no actor until it is found.</summary>
    internal IActorRef Runner { get; set; } = ActorRefs.Nobody;

    /// <summary>Runs at a time; 0 until it has reported.</summary>
    internal int Slots { get; set; }

    /// <summary>Whether it is unreachable.</summary>
    internal bool Silent { get; set; }

    /// <summary>Whether it is about to go.</summary>
    internal bool Leaving { get; set; }

    /// <summary>Why it gets no more runs, or null.</summary>
    internal string? GivenUp { get; set; }

    /// <summary>How often it was asked in vain what it can do.</summary>
    internal int AskedInVain { get; set; }

    /// <summary>The runs that it makes, each with the looks since it was last reported.</summary>
    internal Dictionary<int, int> Jobs { get; } = [];

    /// <summary>Whether it has reported what it can do, and can.</summary>
    internal bool Able => Slots > 0 && GivenUp is null && !Leaving;

    /// <summary>How many more runs it may get now.</summary>
    internal int Free => Able && !Silent ? Slots - Jobs.Count : 0;
}
