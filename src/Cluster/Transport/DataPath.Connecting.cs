using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Akka.Actor;
using Akka.Event;
using Nudge.Messages;

namespace Nudge.Transport;

/// <content>How connections are made, admitted and made again.</content>
internal sealed partial class DataPath
{
    private const int TokenLength = 32;
    private const int LongestAddress = 512;
    private const int MostHandshakes = 64;
    private static readonly TimeSpan HandshakeWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly byte[] Magic = "NUDGE-D1"u8.ToArray();

    private bool IsMember(Address address) => Membership.State.Members.Any(member => member.Address.Equals(address));

    private async Task KeepConnectedAsync(Peer peer)
    {
        TimeSpan pause = FirstPause;
        while (!_end.IsCancellationRequested && IsMember(peer.Address))
        {
            try
            {
                if (peer.Connection is null)
                    await ConnectAsync(peer);
                pause = FirstPause;
            }
            catch (Exception error) when (error is SocketException or IOException or AskTimeoutException or OperationCanceledException)
            {
                pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestPause.Ticks));
            }

            await Task.Delay(pause, _end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        peer.EndConnecting();
        peer.Connection?.Close("the node is no member any more");
    }

    private async Task ConnectAsync(Peer peer)
    {
        DataPort port = await _system.ActorSelection(new RootActorPath(peer.Address) / "user" / ActorName)
            .Ask<DataPort>(new AskDataPort(), HandshakeWithin);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(_end);
        timeout.CancelAfter(HandshakeWithin);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(peer.Address.Host!, port.Port, timeout.Token);
            byte[] self = Encoding.UTF8.GetBytes(Membership.SelfAddress.ToString());
            byte[] hello = [.. Magic, .. port.Token.Span, (byte)(self.Length >> 8), (byte)self.Length, .. self];
            await socket.SendAsync(hello, timeout.Token);
            await ReadAsync(socket, 1, timeout.Token);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        Attach(peer, socket);
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                Socket socket = await listener.AcceptSocketAsync(_end);
                if (_handshakes.Wait(0))
                    _ = AdmitAsync(socket);
                else
                    socket.Dispose();
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One that gave up before it was accepted, or the end.
            }
        }
    }

    private async Task AdmitAsync(Socket socket)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(_end);
        timeout.CancelAfter(HandshakeWithin);
        try
        {
            byte[] head = await ReadAsync(socket, Magic.Length + TokenLength + 2, timeout.Token);
            int length = (head[^2] << 8) | head[^1];
            if (!CryptographicOperations.FixedTimeEquals(head.AsSpan(0, head.Length - 2), [.. Magic, .. _token]) || length > LongestAddress)
                throw new IOException("the token is not this node's");
            string from = Encoding.UTF8.GetString(await ReadAsync(socket, length, timeout.Token));
            if (!Address.TryParse(from, out Address? address) || !IsMember(address))
                throw new IOException("it names no member of the cluster");
            Peer peer = _peers.GetOrAdd(address, one => new(one));
            await socket.SendAsync(new byte[] { 1 }, timeout.Token);
            Attach(peer, socket);
        }
        catch (Exception error) when (error is SocketException or IOException or OperationCanceledException)
        {
            _log.Warning("a data connection was refused: {0}", error.Message);
            socket.Dispose();
        }
        finally
        {
            if (!_end.IsCancellationRequested)
                _handshakes.Release();
        }
    }

    private void Attach(Peer peer, Socket socket)
    {
        socket.NoDelay = true;
        socket.Blocking = false;
        var connection = new PeerConnection(
            socket, _codec, _longest, (frame, message) => Deliver(peer, frame, message), (ended, reason) => Detach(peer, ended, reason));
        peer.Connection?.Close("a newer one replaces it");
        peer.Connection = connection;
        _sockets.Add(connection);
    }

    private void Detach(Peer peer, PeerConnection connection, string reason)
    {
        _sockets.Remove(connection);
        if (peer.Connection == connection)
            peer.Connection = null;
        Interlocked.Increment(ref _resets);
        _log.Debug("the data connection to {0} ended: {1}", peer.Address, reason);
    }

    private static async Task<byte[]> ReadAsync(Socket socket, int length, CancellationToken cancellation)
    {
        byte[] bytes = new byte[length];
        for (int read = 0; read < length;)
        {
            int count = await socket.ReceiveAsync(bytes.AsMemory(read), cancellation);
            if (count == 0)
                throw new IOException("the other end closed the connection");
            read += count;
        }

        return bytes;
    }
}
