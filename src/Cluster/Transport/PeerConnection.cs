using System.Net.Sockets;
using MessagePack;
using Nudge.Actors.Loops;
using Nudge.Wire;

namespace Nudge.Transport;

/// <summary>
/// One connection between two nodes. Any thread may send; the loop writes all that was sent in a round at once, and reads.
/// </summary>
/// <param name="socket">Connected, authenticated and not blocking.</param>
/// <param name="codec">Writes messages.</param>
/// <param name="longest">Bytes of the longest message.</param>
/// <param name="deliver">Receives each message, on the loop.</param>
/// <param name="closed">Called once when the connection has ended, with the reason.</param>
internal sealed class PeerConnection(
    Socket socket, Codec codec, int longest, Action<ReceivedFrame, object> deliver, Action<PeerConnection, string> closed) : ILoopSocket
{
    private const int FirstLength = 64 << 10;
    private readonly object _gate = new();
    private byte[] _out = new byte[FirstLength];
    private int _sent;
    private int _written;
    private byte[] _in = new byte[FirstLength];
    private int _taken;
    private int _received;
    private bool _closed;

    /// <inheritdoc/>
    public Socket Socket => socket;

    /// <inheritdoc/>
    public bool HasUnsent => Volatile.Read(ref _written) > Volatile.Read(ref _sent);

    // Messages of activity are bounded by their windows; what a peer that reads nothing makes wait is bounded here.
    private int Most => Math.Max(4 * longest, 1 << 20);

    /// <summary>Appends a message to what the loop will write.</summary>
    /// <returns>Whether it was; not where the connection has ended or too much waits.</returns>
    internal bool TrySend(byte kind, ulong receiver, ulong sender, object message)
    {
        byte[] bytes = codec.Write(message);
        if (bytes.Length > longest)
            return false;
        lock (_gate)
        {
            int length = DataFrame.Header + bytes.Length;
            if (_closed || _written - _sent + length > Most)
                return false;
            Reserve(length);
            DataFrame.WriteHeader(_out.AsSpan(_written), bytes.Length, kind, receiver, sender);
            bytes.CopyTo(_out.AsSpan(_written + DataFrame.Header));
            _written += length;
            return true;
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
        if (!HasUnsent)
            return;
        SocketError error;
        lock (_gate)
        {
            if (_closed)
                return;
            _sent += Math.Max(0, socket.Send(_out.AsSpan(_sent, _written - _sent), SocketFlags.None, out error));
            if (_sent == _written)
                (_sent, _written) = (0, 0);
        }

        if (error is not (SocketError.Success or SocketError.WouldBlock))
            Close(error.ToString());
    }

    /// <inheritdoc/>
    public bool Receive()
    {
        bool came = false;
        while (!_closed)
        {
            int room = _in.Length - _received;
            int count = socket.Receive(_in.AsSpan(_received, room), SocketFlags.None, out SocketError error);
            if (error == SocketError.WouldBlock)
                break;
            if (error != SocketError.Success || count == 0)
            {
                Close(count == 0 && error == SocketError.Success ? "the other node closed it" : error.ToString());
                break;
            }

            came = true;
            _received += count;
            Take();
            if (count < room)
                break;
        }

        return came;
    }

    /// <summary>Ends the connection; what waited to be written is lost.</summary>
    internal void Close(string reason)
    {
        lock (_gate)
        {
            if (_closed)
                return;
            _closed = true;
            (_sent, _written) = (0, 0);
        }

        closed(this, reason);
        socket.Dispose();
    }

    private void Take()
    {
        try
        {
            for (int length; (length = DataFrame.Read(_in.AsSpan(_taken, _received - _taken), longest, out ReceivedFrame frame)) > 0;)
            {
                _taken += length;
                deliver(frame, Codec.Read(frame.Message, frame.Manifest));
            }
        }
        catch (Exception error) when (error is InvalidDataException or MessagePackSerializationException)
        {
            Close(error.Message);
            return;
        }

        _in.AsSpan(_taken, _received - _taken).CopyTo(_in);
        (_taken, _received) = (0, _received - _taken);
        if (_received == _in.Length)
            Array.Resize(ref _in, 2 * _in.Length);
    }

    private void Reserve(int length)
    {
        if (_written + length <= _out.Length)
            return;
        int waiting = _written - _sent;
        byte[] into = waiting + length <= _out.Length ? _out : new byte[Math.Max(2 * _out.Length, waiting + length)];
        _out.AsSpan(_sent, waiting).CopyTo(into);
        _out = into;
        (_sent, _written) = (0, waiting);
    }
}
