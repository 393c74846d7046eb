using Akka.Actor;
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
    private readonly IActorRef[] _targets;
    private readonly long[] _conflatedBefore;
    private readonly RemoteNode?[] _nodeOf;
    private readonly List<RemoteNode> _nodes = [];
    private readonly List<IActorRef> _here = [];

    /// <param name="network">The network.</param>
    /// <param name="slice">The slice.</param>
    /// <param name="lag">How far the slice may run ahead of its neighbours, in steps: what it sends meanwhile is under way.</param>
    internal SendWindows(NetworkPlan network, SlicePlan slice, long lag)
    {
        _size = (int)Math.Max(SendWindow.Window, Math.Min(4 * lag, LargestWindow));
        _targetSlices = Neighbours.TargetsOf(network, slice);
        _targets = [.. _targetSlices.Select(_ => ActorRefs.Nobody)];
        _conflatedBefore = new long[_targetSlices.Length];
        _nodeOf = new RemoteNode?[_targetSlices.Length];
    }

    /// <summary>Takes the targets as they are now; the way to a node whose targets have not changed stays as it is.</summary>
    internal void SetTargets(IReadOnlyList<IActorRef> targets)
    {
        for (int place = 0; place < _targets.Length; place++)
            _targets[place] = targets[place];
        _here.Clear();
        _here.AddRange(_targets.Where(target => !IsElsewhere(target)));
        RemoteNode[] before = [.. _nodes];
        _nodes.Clear();
        IEnumerable<int> elsewhere = Enumerable.Range(0, _targets.Length).Where(place => IsElsewhere(_targets[place]));
        foreach (IGrouping<object, int> places in elsewhere.GroupBy(place => NodeOf(_targets[place])))
        {
            IActorRef[] actors = [.. places.Select(place => _targets[place])];
            _nodes.Add(before.FirstOrDefault(node => node.Actors.SequenceEqual(actors)) ?? new([.. places], actors, _size));
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
        foreach (IActorRef target in _here)
            target.Tell(message);
        foreach (RemoteNode node in _nodes)
            node.Window.Send(message);
    }

    internal void Send(SliceTime report)
    {
        foreach (IActorRef target in _here)
            target.Tell(report);
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

    /// <summary>Actors of the own node have no host in their address, however they were found.</summary>
    internal static bool IsElsewhere(IActorRef actor) => actor.Path.Address.Host is not null;

    private static object NodeOf(IActorRef actor) => actor is INodeActorRef remote ? remote.Node : actor;

    private SendWindowCounters CountersOf(int target, int place)
    {
        SendWindow? window = _nodeOf[place]?.Window;
        return new(target, _conflatedBefore[place] + (window?.Conflated ?? 0), window?.Waits ?? false);
    }

    /// <summary>The targets on one other node.</summary>
    private sealed class RemoteNode
    {
        internal RemoteNode(int[] places, IActorRef[] actors, int size)
        {
            Places = places;
            Actors = actors;
            Window = new(Tell, size);
        }

        internal int[] Places { get; }

        internal IActorRef[] Actors { get; }

        internal SendWindow Window { get; }

        private void Tell(object message)
        {
            if (Actors[0] is INodeActorRef node)
                node.TellAll(Actors, message, ActorCell.GetCurrentSelfOrNoSender());
            else
                Actors[0].Tell(message);
        }
    }
}
