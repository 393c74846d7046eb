using Nudge.Networks;
using Nudge.Topology;

namespace Nudge.Actors;

/// <summary>
/// Where a slice sends to. Within a node a message costs nothing and is sent at once; to another node only so many are
/// under way, and one for several slices of it is sent once. It survives a restart of the actor, as the counts of what was
/// sent do.
/// </summary>
internal sealed class SendWindows
{
    private const int LargestWindow = 1024;
    private readonly int _size;
    private readonly int[] _targetSlices;
    private readonly long[] _conflatedBefore;
    private readonly RemoteNode?[] _nodeOf;
    private readonly List<RemoteNode> _nodes = [];
    private readonly List<int> _here = [];
    private ISliceNeighbours? _neighbours;

    /// <param name="network">The network.</param>
    /// <param name="slice">The slice.</param>
    /// <param name="lag">How far the slice may run ahead of its neighbours, in steps: what it sends meanwhile is under way.</param>
    internal SendWindows(NetworkPlan network, SlicePlan slice, long lag)
    {
        _size = (int)Math.Max(SendWindow.Window, Math.Min(4 * lag, LargestWindow));
        _targetSlices = Neighbours.TargetsOf(network, slice);
        _conflatedBefore = new long[_targetSlices.Length];
        _nodeOf = new RemoteNode?[_targetSlices.Length];
    }

    /// <summary>Takes the targets as they are now; the way to a node whose targets have not changed stays as it is.</summary>
    internal void SetTargets(ISliceNeighbours neighbours)
    {
        ISliceNeighbours? former = _neighbours;
        _neighbours = neighbours;
        IEnumerable<int> all = Enumerable.Range(0, _targetSlices.Length);
        _here.Clear();
        _here.AddRange(all.Where(place => neighbours.NodeOf(place) is null));
        RemoteNode[] before = [.. _nodes];
        _nodes.Clear();
        IEnumerable<IGrouping<object, int>> elsewhere =
            all.Where(place => neighbours.NodeOf(place) is not null).GroupBy(place => neighbours.NodeOf(place)!);
        foreach (IGrouping<object, int> node in elsewhere)
        {
            int[] places = [.. node];
            _nodes.Add(before.FirstOrDefault(one => one.Places.SequenceEqual(places)
                && places.All(place => neighbours.IsSame(place, former!))) ?? new(places, message => _neighbours.ToNode(places, message), _size));
        }

        foreach (RemoteNode gone in before.Except(_nodes))
        {
            gone.Window.Abandon();
            foreach (int place in gone.Places)
                _conflatedBefore[place] += gone.Window.Conflated;
        }

        Array.Clear(_nodeOf);
        foreach (RemoteNode node in _nodes)
        {
            foreach (int place in node.Places)
                _nodeOf[place] = node;
        }
    }

    internal void Send(ActivityMessage message)
    {
        for (int i = 0; i < _here.Count; i++)
            _neighbours!.ToTarget(_here[i], message);
        foreach (RemoteNode node in _nodes)
            node.Window.Send(message);
    }

    internal void Send(SliceTime report)
    {
        for (int i = 0; i < _here.Count; i++)
            _neighbours!.ToTarget(_here[i], report);
        foreach (RemoteNode node in _nodes)
            node.Window.Send(report);
    }

    /// <summary>A target credits for all targets of its node.</summary>
    internal void Take(Credit credit)
    {
        int place = Array.IndexOf(_targetSlices, credit.Slice);
        if (place >= 0)
            _nodeOf[place]?.Window.Credit(credit.Received);
    }

    internal void KeepAlive()
    {
        foreach (RemoteNode node in _nodes)
            node.Window.KeepAlive();
    }

    /// <summary>The slice's incarnation ends: what waits is not sent any more.</summary>
    internal void End()
    {
        foreach (RemoteNode node in _nodes)
            node.Window.Abandon();
    }

    /// <summary>Those that have counted or hold a message.</summary>
    internal IReadOnlyList<SendWindowCounters> Counters() =>
    [
        .. _targetSlices.Select((target, place) => CountersOf(target, place))
            .Where(counters => counters.Conflated > 0 || counters.Waits),
    ];

    private SendWindowCounters CountersOf(int target, int place)
    {
        SendWindow? window = _nodeOf[place]?.Window;
        return new(target, _conflatedBefore[place] + (window?.Conflated ?? 0), window?.Waits ?? false);
    }

    /// <summary>The targets on one other node.</summary>
    private sealed class RemoteNode(int[] places, Action<object> send, int size)
    {
        internal int[] Places { get; } = places;

        internal SendWindow Window { get; } = new(send, size);
    }
}
