using Akka.Actor;
using Nudge.Actors;

namespace Nudge.Transport;

/// <summary>
/// An actor on another node to which messages go by the data connection. What has no kind there, and all while there is no
/// connection, goes by Akka.Remote.
/// </summary>
internal sealed class PeerActorRef(DataPath path, Peer peer, IInternalActorRef remote, ulong key) : MinimalActorRef
{
    /// <inheritdoc/>
    public override ActorPath Path => remote.Path;

    /// <inheritdoc/>
    public override IActorRefProvider Provider => remote.Provider;

    /// <inheritdoc/>
    protected override void TellInternal(object message, IActorRef sender)
    {
        if (peer.Connection is not { } connection || !DataFrame.TryKindOf(message, out byte kind)
            || !connection.TrySend(kind, key, message is ActivityMessage ? path.KeyOf(sender) : 0, message))
        {
            remote.Tell(message, sender);
            return;
        }

        path.Sent();
    }
}
