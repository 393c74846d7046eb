using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Akka.Actor;
using Akka.Event;
using Nudge.Messages;
using Nudge.Security;

namespace Nudge.Transport;

/// <content>How connections are made, admitted and made again.</content>
internal sealed partial class DataPath
{
    private const int TokenLength = 32;
    private const int LongestAddress = 512;
    private const int HandshakeStack = 512 << 10;
    private static readonly TimeSpan HandshakeWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WarnAfter = TimeSpan.FromSeconds(3);
    private static readonly byte[] Magic = "NUDGE-D2"u8.ToArray();

    internal bool IsMember(Address address) => Membership.State.Members.Any(member => member.Address.Equals(address));

    private async Task KeepConnectedAsync(Peer peer)
    {
        TimeSpan pause = FirstPause;
        long missing = Stopwatch.GetTimestamp();
        bool warned = false;
        while (!_end.IsCancellationRequested && !peer.IsGone && IsMember(peer.Address))
        {
            try
            {
                if (peer.Connection is null)
                    await ConnectAsync(peer);
                (pause, missing, warned) = (FirstPause, Stopwatch.GetTimestamp(), false);
            }
            catch (Exception error) when (error is SocketException or IOException or AskTimeoutException or OperationCanceledException)
            {
                pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestPause.Ticks));
                if (!warned && Stopwatch.GetElapsedTime(missing) > WarnAfter)
                {
                    warned = true;
                    _log.Error("no data connection to {0}, which is tried again: {1}", peer.Address, error.Message);
                }
            }

            await Task.Delay(pause, _end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        peer.EndConnecting();
    }

    private async Task ConnectAsync(Peer peer)
    {
        DataPort port = await _system.ActorSelection(new RootActorPath(peer.Address) / "user" / ActorName)
            .Ask<DataPort>(new AskDataPort(), HandshakeWithin);
        try
        {
            await Task.Run(() => Connect(peer, port), _end);
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            throw new IOException($"port {port.Port}: {error.Message}", error);
        }
    }

    private void Connect(Peer peer, DataPort port)
    {
        IPAddress address = Dns.GetHostAddresses(peer.Address.Host!)[0];
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using Timer timeout = CloseAfter(socket);
        try
        {
            socket.Connect(new IPEndPoint(address, port.Port));
            TlsChannel? tls = _tls is null
                ? null
                : TlsChannel.Open(socket, stream => _tls.AuthenticateAsClient(stream, peer.Address.Host!, _log));
            ThrowIfNotOf(peer.Address, tls);
            Stream stream = tls?.Stream ?? new SocketStream(socket);
            byte[] self = Encoding.UTF8.GetBytes(Membership.SelfAddress.ToString());
            stream.Write([.. Magic, .. port.Token.Span, .. _token, (byte)(self.Length >> 8), (byte)self.Length, .. self]);
            stream.ReadExactly(new byte[1]);
            timeout.Change(Timeout.Infinite, Timeout.Infinite);
            Attach(peer, socket, tls, port.Token.ToArray());
        }
        catch (Exception error) when (error is SocketException or IOException or ObjectDisposedException)
        {
            socket.Dispose();
            throw new IOException(error.Message, error);
        }
    }

    // The socket stays a blocking one until the loop has it: with a timeout of its own, .NET would wait for it on another thread,
    // and go on to do so.
    private static Timer CloseAfter(Socket socket) =>
        new(_ => socket.Dispose(), null, HandshakeWithin, Timeout.InfiniteTimeSpan);

    private void Accept()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                Socket socket = _listener.AcceptSocket();
                _strangers.Add(socket);
                // A thread of its own, since it waits for somebody who may send nothing: threads of the pool have other work.
                new Thread(() => Admit(socket), HandshakeStack) { Name = "nudge-data-handshake", IsBackground = true }.Start();
            }
            catch (Exception error) when (error is SocketException or InvalidOperationException or ObjectDisposedException)
            {
                // One that gave up before it was accepted, or the end.
            }
        }
    }

    private void Admit(Socket socket)
    {
        using Timer timeout = CloseAfter(socket);
        try
        {
            string peerName = socket.RemoteEndPoint?.ToString() ?? "an unknown node";
            TlsChannel? tls = _tls is null
                ? null
                : TlsChannel.Open(socket, stream => _tls.AuthenticateAsServer(stream, peerName, _log));
            Stream stream = tls?.Stream ?? new SocketStream(socket);
            byte[] head = new byte[Magic.Length + (2 * TokenLength) + 2];
            stream.ReadExactly(head);
            int length = (head[^2] << 8) | head[^1];
            if (!CryptographicOperations.FixedTimeEquals(head.AsSpan(0, Magic.Length + TokenLength), [.. Magic, .. _token])
                || length > LongestAddress)
                throw new IOException("the token is not this node's");
            byte[] name = new byte[length];
            stream.ReadExactly(name);
            if (!Address.TryParse(Encoding.UTF8.GetString(name), out Address? address) || !IsMember(address))
                throw new IOException("it names no member of the cluster");
            ThrowIfNotOf(address, tls);
            stream.Write([1]);
            // From now on there is one connection for each member, at most: a newer one replaces it.
            if (!_strangers.Remove(socket))
                throw new IOException("others have connected meanwhile, and it took too long");
            timeout.Change(Timeout.Infinite, Timeout.Infinite);
            Attach(PeerOf(address), socket, tls, head[(Magic.Length + TokenLength)..^2]);
        }
        catch (Exception error) when (error is SocketException or IOException or ObjectDisposedException)
        {
            if (!_end.IsCancellationRequested)
                _log.Warning("a data connection was refused: {0}", error.Message);
            socket.Dispose();
        }
        finally
        {
            _strangers.Remove(socket);
        }
    }

    /// <summary>The other end must have the certificate of the member that it is, or says that it is, and of that member's kind.</summary>
    private void ThrowIfNotOf(Address address, TlsChannel? tls)
    {
        if (tls is null)
            return;
        if (tls.PeerCertificate is not { } certificate || !CertificateUses.IsFor(certificate, address.Host ?? ""))
            throw new IOException($"the certificate does not name {address.Host}");
        bool directs = Membership.State.Members.Any(
            member => member.Address.Equals(address) && member.HasRole(NodeRoles.Coordinator));
        if (directs && !CertificateUses.Has(certificate, CertificateUses.Coordinator))
            throw new IOException($"{address} takes part as a coordinator with the certificate of a node");
    }

    private void Attach(Peer peer, Socket socket, TlsChannel? tls, byte[] process)
    {
        tls?.GiveToLoop();
        var connection = new PeerConnection(
            (IDataChannel?)tls ?? new PlainChannel(socket),
            peer.Outgoing,
            _longest,
            new(_framesPerSecond, TimeProvider.System, () => Hold(peer)),
            (frame, message) => Deliver(peer, frame, message),
            (ended, reason) => Detach(peer, ended, reason));
        peer.Attach(connection, process);
        _sockets.Add(connection);
    }

    private void Hold(Peer peer)
    {
        if (peer.Traffic.CountHeld())
            _log.Warning("{0} sends more than {1} messages a second: what comes beyond is read later (nudge node --max-frames)", peer.Address, _framesPerSecond);
    }

    private void Detach(Peer peer, PeerConnection connection, string reason)
    {
        _sockets.Remove(connection);
        peer.Detach(connection);
        Interlocked.Increment(ref _resets);
        _log.Debug("the data connection to {0} ended: {1}", peer.Address, reason);
    }
}
