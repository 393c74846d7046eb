using System.Net.Sockets;

namespace Nudge.Transport;

/// <summary>Bytes to and from another node, without waiting. Only the loop's thread calls it.</summary>
internal interface IDataChannel : IDisposable
{
    /// <summary>The socket, to wait for.</summary>
    Socket Socket { get; }

    /// <summary>Whether bytes that it took wait for the kernel.</summary>
    bool HasUnsent { get; }

    /// <summary>Whether it may hold bytes that it has received already.</summary>
    bool HoldsReceived { get; }

    /// <summary>Takes bytes from the front, and gives the kernel as much as it takes now.</summary>
    /// <returns>How many it took, perhaps none.</returns>
    /// <exception cref="IOException">The connection has ended.</exception>
    int Send(ReadOnlySpan<byte> bytes);

    /// <summary>Takes what has come.</summary>
    /// <returns>Bytes taken; 0 where nothing has come.</returns>
    /// <exception cref="IOException">The connection has ended.</exception>
    int Receive(Memory<byte> into);
}

/// <summary>A connection without TLS.</summary>
internal sealed class PlainChannel : IDataChannel
{
    internal PlainChannel(Socket socket)
    {
        socket.NoDelay = true;
        socket.Blocking = false;
        Socket = socket;
    }

    /// <inheritdoc/>
    public Socket Socket { get; }

    /// <inheritdoc/>
    public bool HasUnsent => false;

    /// <inheritdoc/>
    public bool HoldsReceived => false;

    /// <inheritdoc/>
    public int Send(ReadOnlySpan<byte> bytes) => SendNow(Socket, bytes);

    /// <inheritdoc/>
    public int Receive(Memory<byte> into) => ReceiveNow(Socket, into.Span);

    /// <inheritdoc/>
    public void Dispose() => Socket.Dispose();

    internal static int SendNow(Socket socket, ReadOnlySpan<byte> bytes)
    {
        int sent = socket.Send(bytes, SocketFlags.None, out SocketError error);
        return error switch
        {
            SocketError.Success => sent,
            SocketError.WouldBlock => 0,
            _ => throw new IOException(error.ToString()),
        };
    }

    internal static int ReceiveNow(Socket socket, Span<byte> into)
    {
        int came = socket.Receive(into, SocketFlags.None, out SocketError error);
        return error switch
        {
            SocketError.Success when came > 0 => came,
            SocketError.Success => throw new IOException("the other node closed it"),
            SocketError.WouldBlock => 0,
            _ => throw new IOException(error.ToString()),
        };
    }
}
