using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Nudge.Bench.Wire;

/// <summary>A stream over a plain socket: four bytes of length before each message, one call to send each.</summary>
internal sealed class PlainContestant : IWireContestant
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] _answers = new byte[WireWindow.Acknowledged];

    internal PlainContestant(int port)
    {
        _socket.NoDelay = true;
        _socket.Connect(IPAddress.Loopback, port);
    }

    /// <inheritdoc/>
    public string Name => "plain TCP";

    /// <inheritdoc/>
    public Task SendAsync(int values, int count) => Task.Run(() => Send(values, count));

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Send(int values, int count)
    {
        byte[] message = new byte[sizeof(int) + (values * sizeof(float))];
        BinaryPrimitives.WriteInt32LittleEndian(message, values * sizeof(float));
        int window = WireWindow.Of(values);
        int acknowledged = 0;
        for (int sent = 0; sent < count; sent++)
        {
            while (sent - acknowledged >= window)
                acknowledged += Answered();
            for (int at = 0; at < message.Length;)
                at += _socket.Send(message.AsSpan(at));
        }

        while (acknowledged < count)
            acknowledged += Answered();
    }

    private int Answered()
    {
        int answers = _socket.Receive(_answers);
        return answers > 0
            ? answers * WireWindow.Acknowledged
            : throw new IOException("the other process has closed the connection");
    }
}
