using Akka.Actor;

namespace Nudge.Transport;

/// <summary>Another node, with the connection to it while there is one.</summary>
internal sealed class Peer(Address address)
{
    private volatile PeerConnection? _connection;
    private int _connecting;

    internal Address Address => address;

    internal PeerConnection? Connection
    {
        get => _connection;
        set => _connection = value;
    }

    /// <summary>Gives the caller the task of connecting to it, unless another has that task already.</summary>
    internal bool TryBeginConnecting() => Interlocked.Exchange(ref _connecting, 1) == 0;

    /// <summary>Gives up that task, so that the next who needs the node takes it.</summary>
    internal void EndConnecting() => Volatile.Write(ref _connecting, 0);
}
