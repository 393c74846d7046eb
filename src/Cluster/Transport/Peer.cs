using Akka.Actor;

namespace Nudge.Transport;

/// <summary>Another node, with the connection to it while there is one.</summary>
internal sealed class Peer(Address address)
{
    private volatile PeerConnection? _connection;
    private int _kept;

    internal Address Address => address;

    internal PeerConnection? Connection
    {
        get => _connection;
        set => _connection = value;
    }

    /// <summary>Whether the caller is to keep it connected: nobody else does.</summary>
    internal bool BeginToKeep() => Interlocked.Exchange(ref _kept, 1) == 0;

    /// <summary>Nobody keeps it connected any more, until it is needed again.</summary>
    internal void EndToKeep() => Volatile.Write(ref _kept, 0);
}
