namespace Nudge.Transport;

/// <summary>What has passed between this node and another one. Any thread may count and read.</summary>
internal sealed class PeerTraffic
{
    private long _sent;
    private long _dropped;
    private long _received;
    private long _receivedBytes;
    private long _connections;
    private long _held;

    /// <summary>Messages that were given to its connection, or wait for it.</summary>
    internal long Sent => Interlocked.Read(ref _sent);

    /// <summary>Messages that were lost here: too many waited, or the process that they were for has ended.</summary>
    internal long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Messages that came from it.</summary>
    internal long Received => Interlocked.Read(ref _received);

    /// <summary>Bytes of the messages that came from it, with their headers.</summary>
    internal long ReceivedBytes => Interlocked.Read(ref _receivedBytes);

    /// <summary>Connections that were made in place of an earlier one.</summary>
    internal long Reconnections => Math.Max(0, Interlocked.Read(ref _connections) - 1);

    /// <summary>How often no more was read from it for a while, since it had sent as much as this node allows.</summary>
    internal long Held => Interlocked.Read(ref _held);

    /// <summary>No more is read from it for a while.</summary>
    /// <returns>Whether that is the first time.</returns>
    internal bool CountHeld() => Interlocked.Increment(ref _held) == 1;

    /// <summary>One message was appended to what is to be sent, or refused.</summary>
    internal void CountAppended(bool fitted) => Interlocked.Increment(ref fitted ? ref _sent : ref _dropped);

    /// <summary>Messages that waited were dropped.</summary>
    internal void CountDropped(long messages) => Interlocked.Add(ref _dropped, messages);

    /// <summary>One message came.</summary>
    /// <param name="bytes">Bytes of its frame.</param>
    internal void CountReceived(int bytes)
    {
        Interlocked.Increment(ref _received);
        Interlocked.Add(ref _receivedBytes, bytes);
    }

    /// <summary>A connection was made.</summary>
    internal void CountConnection() => Interlocked.Increment(ref _connections);
}
