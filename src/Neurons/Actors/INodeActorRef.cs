using Akka.Actor;

namespace Nudge.Actors;

/// <summary>An actor on another node, to several actors of which a message is sent at once.</summary>
public interface INodeActorRef : IActorRef
{
    /// <summary>Receivers that a message is sent to at once; one for more is sent in parts.</summary>
    const int MostAtOnce = 256;

    /// <summary>The node: the same object for all its actors.</summary>
    object Node { get; }

    /// <summary>Sends a message to several actors of this one's node.</summary>
    /// <param name="actors">Actors with the same <see cref="Node"/>.</param>
    /// <param name="message">The message.</param>
    /// <param name="sender">Who sends it.</param>
    void TellAll(IReadOnlyList<IActorRef> actors, object message, IActorRef? sender);
}
