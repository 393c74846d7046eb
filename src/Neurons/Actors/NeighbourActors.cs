using Akka.Actor;

namespace Nudge.Actors;

/// <summary>The neighbours of a slice as actors.</summary>
internal sealed class NeighbourActors : ISliceNeighbours
{
    private readonly Neighbours _neighbours;
    private readonly NodeBatch _paced = new();
    private readonly NodeBatch _some = new();
    private readonly List<IActorRef> _ofNode = [];

    internal NeighbourActors(Neighbours neighbours)
    {
        _neighbours = neighbours;
        foreach (IActorRef source in neighbours.Paced)
            _paced.Add(source);
    }

    /// <inheritdoc/>
    public bool HasPaced => _neighbours.Paced.Count > 0;

    /// <summary>Actors of the own node have no host in their address, however they were found.</summary>
    internal static bool IsElsewhere(IActorRef actor) => actor.Path.Address.Host is not null;

    /// <inheritdoc/>
    public object? NodeOf(int target)
    {
        IActorRef actor = _neighbours.Targets[target];
        if (!IsElsewhere(actor))
            return null;
        return actor is INodeActorRef remote ? remote.Node : actor;
    }

    /// <inheritdoc/>
    public bool IsSame(int target, ISliceNeighbours before) =>
        before is NeighbourActors other && other._neighbours.Targets[target].Equals(_neighbours.Targets[target]);

    /// <inheritdoc/>
    public void ToTarget(int target, object message) => _neighbours.Targets[target].Tell(message);

    /// <inheritdoc/>
    public void ToNode(IReadOnlyList<int> targets, object message)
    {
        if (_neighbours.Targets[targets[0]] is not INodeActorRef node)
        {
            _neighbours.Targets[targets[0]].Tell(message);
            return;
        }

        _ofNode.Clear();
        for (int i = 0; i < targets.Count; i++)
            _ofNode.Add(_neighbours.Targets[targets[i]]);
        node.TellAll(_ofNode, message, ActorCell.GetCurrentSelfOrNoSender());
    }

    /// <inheritdoc/>
    public void ToPaced(object message) => _paced.Tell(message);

    /// <inheritdoc/>
    public void ToSlices(IReadOnlyCollection<int> slices, object message)
    {
        _some.Clear();
        foreach (int slice in slices)
        {
            if (_neighbours.Of(slice) is { } actor)
                _some.Add(actor);
        }

        _some.Tell(message);
    }

    /// <inheritdoc/>
    public void ToSlice(int slice, object message) => _neighbours.Of(slice)?.Tell(message);

    /// <inheritdoc/>
    public void ToCoordinator(object message) => _neighbours.Coordinator.Tell(message);
}
