using System.Net;
using System.Net.Sockets;

namespace Nudge.Bench.Wire;

/// <summary>The receiver of <see cref="PlainContestant"/>: an array for each message, as the other ways give.</summary>
internal static class PlainReceiver
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Listens and serves one connection in the background.</summary>
    internal static int Start()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _ = Task.Run(() => Serve(listener));
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Serve(TcpListener listener)
    {
        using Socket socket = listener.AcceptSocket();
        socket.NoDelay = true;
        using var network = new NetworkStream(socket);
        // The buffer is for reading alone: answers go to the socket at once.
        using var buffered = new BufferedStream(network, BufferBytes);
        using var reader = new BinaryReader(buffered);
        byte[] answer = [1];
        for (int count = 1; ; count++)
        {
            int length = reader.ReadInt32();
            if (reader.ReadBytes(length).Length < length)
                return;
            if (count % WireWindow.Acknowledged == 0)
                socket.Send(answer);
        }
    }
}
