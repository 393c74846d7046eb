using Akka.Actor;

namespace Nudge.Actors;

/// <summary>Sends one message to many actors: to those of another node together.</summary>
internal sealed class NodeBatch
{
    private readonly List<(object Node, List<IActorRef> Actors)> _nodes = [];

    /// <summary>Adds a receiver.</summary>
    internal void Add(IActorRef actor)
    {
        object node = actor is INodeActorRef remote ? remote.Node : this;
        int place = _nodes.FindIndex(one => ReferenceEquals(one.Node, node));
        if (place < 0)
        {
            place = _nodes.Count;
            _nodes.Add((node, []));
        }

        _nodes[place].Actors.Add(actor);
    }

    /// <summary>Removes all receivers.</summary>
    internal void Clear()
    {
        foreach ((_, List<IActorRef> actors) in _nodes)
            actors.Clear();
    }

    /// <summary>Sends a message to all receivers.</summary>
    internal void Tell(object message)
    {
        foreach ((_, List<IActorRef> actors) in _nodes)
        {
            if (actors.Count > 0 && actors[0] is INodeActorRef node)
            {
                node.TellAll(actors, message, ActorCell.GetCurrentSelfOrNoSender());
                continue;
            }

            foreach (IActorRef actor in actors)
                actor.Tell(message);
        }
    }
}
