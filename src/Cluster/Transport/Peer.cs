using System.Security.Cryptography;
using Akka.Actor;
using Nudge.Wire;

namespace Nudge.Transport;

/// <summary>Another node: what is to be sent to it, and the connection that sends it while there is one.</summary>
/// <param name="address">Its address in the cluster.</param>
/// <param name="codec">Writes messages.</param>
/// <param name="longest">Bytes of the longest message.</param>
internal sealed class Peer(Address address, Codec codec, int longest)
{
    private readonly object _gate = new();
    private volatile PeerConnection? _connection;
    private volatile bool _gone;
    private byte[] _process = [];
    private int _connecting;

    internal Address Address => address;

    internal SendBuffer Outgoing { get; } = new(codec, longest);

    internal PeerTraffic Traffic { get; } = new();

    internal PeerConnection? Connection => _connection;

    /// <summary>Whether the node has left the cluster: nothing is kept for it any more.</summary>
    internal bool IsGone => _gone;

    /// <summary>Gives the caller the task of connecting to it, unless another has that task already.</summary>
    internal bool TryBeginConnecting() => Interlocked.Exchange(ref _connecting, 1) == 0;

    /// <summary>Gives up that task, so that the next who needs the node takes it.</summary>
    internal void EndConnecting() => Volatile.Write(ref _connecting, 0);

    /// <summary>Takes a new connection in place of the old one. What was meant for another process of that address is dropped.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="process">The token of the process at its other end.</param>
    internal void Attach(PeerConnection connection, byte[] process)
    {
        // First, so that it takes no more of what the new one begins with.
        _connection?.Close("a newer one replaces it");
        lock (_gate)
        {
            if (_process.Length > 0 && !CryptographicOperations.FixedTimeEquals(_process, process))
                Traffic.CountDropped(Outgoing.Clear());
            else
                Outgoing.Rewind();
            _process = process;
            _connection = connection;
        }

        Traffic.CountConnection();
    }

    /// <summary>A connection has ended.</summary>
    internal void Detach(PeerConnection connection)
    {
        lock (_gate)
        {
            if (_connection == connection)
                _connection = null;
        }
    }

    /// <summary>The node has left the cluster.</summary>
    internal void End()
    {
        _gone = true;
        _connection?.Close("the node is no member any more");
        Traffic.CountDropped(Outgoing.Clear());
    }
}
