using System.Net.Sockets;
using MessagePack;
using Nudge.Actors.Loops;
using Nudge.Wire;

namespace Nudge.Transport;

/// <summary>
/// One connection between two nodes, served by the loop: it writes all that was appended in a round at once, and reads.
/// </summary>
/// <param name="channel">Connected and authenticated.</param>
/// <param name="outgoing">What is to be sent.</param>
/// <param name="longest">Bytes of the longest message.</param>
/// <param name="limit">How much is read.</param>
/// <param name="deliver">Receives each message.</param>
/// <param name="closed">Called once when the connection has ended, with the reason.</param>
internal sealed class PeerConnection(
    IDataChannel channel,
    SendBuffer outgoing,
    int longest,
    FrameLimit limit,
    Action<ReceivedFrame, object> deliver,
    Action<PeerConnection, string> closed) : ILoopSocket
{
    private const int FirstLength = 64 << 10;
    private byte[] _in = new byte[FirstLength];
    private int _taken;
    private int _received;
    private int _ended;
    private bool _unread;

    /// <inheritdoc/>
    public Socket Socket => channel.Socket;

    /// <inheritdoc/>
    public bool HasUnsent => channel.HasUnsent || outgoing.HasBytes;

    /// <inheritdoc/>
    public bool HasUnread => _unread && IsOpen && HeldFor == TimeSpan.Zero;

    /// <inheritdoc/>
    public TimeSpan HeldFor => limit.HeldFor;

    private bool IsOpen => Volatile.Read(ref _ended) == 0;

    /// <inheritdoc/>
    public void Flush()
    {
        if (!IsOpen || !HasUnsent)
            return;
        try
        {
            outgoing.Take(channel.Send);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            Close(error.Message);
        }
    }

    /// <inheritdoc/>
    public void Receive()
    {
        try
        {
            bool mayReadMore = limit.Begin();
            bool mayHaveCome = true;
            while (IsOpen && mayReadMore)
            {
                mayReadMore = DeliverComplete();
                if (!mayReadMore || !mayHaveCome)
                    break;
                MakeRoom();
                int room = _in.Length - _received;
                int count = channel.Receive(_in.AsMemory(_received, room));
                _received += count;
                // What a channel holds itself wakes no loop.
                mayHaveCome = count == room || (count > 0 && channel.HoldsReceived);
            }

            // Frames that were received and not read, or that the channel holds.
            _unread = !mayReadMore;
        }
        catch (Exception error) when (
            error is IOException or ObjectDisposedException or InvalidDataException or MessagePackSerializationException)
        {
            Close(error.Message);
        }
    }

    /// <summary>Ends the connection; what it has taken and the other node has not received is lost. Any thread may call it.</summary>
    internal void Close(string reason)
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
            return;
        closed(this, reason);
        channel.Dispose();
    }

    /// <summary>Delivers frames that are there.</summary>
    /// <returns>Whether all were; else the turn is over.</returns>
    private bool DeliverComplete()
    {
        bool mayRead = true;
        for (int length; mayRead && (length = DataFrame.Read(_in.AsMemory(_taken, _received - _taken), longest, out ReceivedFrame frame)) > 0;)
        {
            ReadOnlyMemory<byte> bytes = frame.KeepsBytes ? frame.Message.ToArray() : frame.Message;
            deliver(frame, Codec.Read(bytes, frame.Manifest));
            _taken += length;
            mayRead = limit.Take(length);
        }

        return mayRead;
    }

    private void MakeRoom()
    {
        _in.AsSpan(_taken, _received - _taken).CopyTo(_in);
        (_taken, _received) = (0, _received - _taken);
        if (_received == _in.Length)
            Array.Resize(ref _in, 2 * _in.Length);
    }
}
