using Akka.Actor;
using Nudge.Actors;

namespace Nudge.Transport;

/// <summary>
/// An actor on another node. What has a kind on data connections goes by the node's data connection and no other way, so that
/// its order is kept; while there is none, it waits for the next. All else goes by Akka.Remote.
/// </summary>
internal sealed class PeerActorRef(DataPath path, Peer peer, IInternalActorRef remote, ulong key) : MinimalActorRef, INodeActorRef
{
    /// <inheritdoc/>
    public override ActorPath Path => remote.Path;

    /// <inheritdoc/>
    public override IActorRefProvider Provider => remote.Provider;

    /// <inheritdoc/>
    public object Node => peer;

    /// <inheritdoc/>
    public void TellAll(IReadOnlyList<IActorRef> actors, object message, IActorRef? sender)
    {
        Span<ulong> keys = stackalloc ulong[Math.Min(actors.Count, INodeActorRef.MostAtOnce)];
        for (int begin = 0; begin < actors.Count; begin += keys.Length)
        {
            int count = Math.Min(keys.Length, actors.Count - begin);
            for (int i = 0; i < count; i++)
                keys[i] = ((PeerActorRef)actors[begin + i]).Key;
            path.Send(peer, message, sender, keys[..count]);
        }
    }

    private ulong Key => key;

    /// <inheritdoc/>
    protected override void TellInternal(object message, IActorRef sender)
    {
        if (!path.Send(peer, message, sender, [key]))
            remote.Tell(message, sender);
    }
}
