using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Nudge.Transport;

/// <summary>
/// A connection with TLS that does not wait: <see cref="SslStream"/> over a stream in memory, to and from which the loop moves
/// the encrypted bytes. Its handshake is made before, on another thread.
/// </summary>
internal sealed class TlsChannel : IDataChannel
{
    // No more is encrypted ahead of what the kernel takes, so that what waits stays in the bounded buffer before it.
    private const int MostUnsent = 256 << 10;
    private readonly SocketStream _encrypted;
    private readonly SslStream _tls;
    private readonly byte[] _buffer = new byte[64 << 10];
    private ValueTask<int> _read;
    private bool _reading;
    private Memory<byte> _plain;

    private TlsChannel(Socket socket)
    {
        Socket = socket;
        _encrypted = new(socket);
        _tls = new(_encrypted);
    }

    /// <inheritdoc/>
    public Socket Socket { get; }

    /// <inheritdoc/>
    public bool HasUnsent => _encrypted.Unsent > 0;

    /// <inheritdoc/>
    public bool HoldsReceived => true;

    /// <summary>Makes the handshake of one end.</summary>
    /// <param name="socket">Connected, and blocking.</param>
    /// <param name="handshake">Authenticates as client or server.</param>
    /// <exception cref="IOException">The ends do not trust each other, or the connection has ended.</exception>
    internal static TlsChannel Open(Socket socket, Action<SslStream> handshake)
    {
        var channel = new TlsChannel(socket);
        try
        {
            handshake(channel._tls);
            return channel;
        }
        catch (AuthenticationException error)
        {
            throw new IOException(error.Message, error);
        }
    }

    /// <summary>The stream that the two ends use until both know each other.</summary>
    internal Stream Stream => _tls;

    /// <summary>What the other end has shown.</summary>
    internal X509Certificate2? PeerCertificate => _tls.RemoteCertificate as X509Certificate2;

    /// <summary>From here on only the loop uses the channel.</summary>
    internal void GiveToLoop()
    {
        Socket.NoDelay = true;
        _encrypted.GiveToLoop();
    }

    /// <inheritdoc/>
    public int Send(ReadOnlySpan<byte> bytes)
    {
        _encrypted.SendNow();
        if (bytes.IsEmpty || _encrypted.Unsent > MostUnsent)
            return 0;
        _tls.Write(bytes);
        _encrypted.SendNow();
        return bytes.Length;
    }

    /// <inheritdoc/>
    public int Receive(Memory<byte> into)
    {
        while (true)
        {
            int came = Decrypt(into);
            if (came > 0 || !_encrypted.ReceiveNow())
                return came;
        }
    }

    // The loop may be in the middle of a read, which ends with the socket: the streams are left to the garbage collector.
    /// <inheritdoc/>
    public void Dispose() => Socket.Dispose();

    // A read that found too little stays open, and goes on with the bytes that come next.
    private int Decrypt(Memory<byte> into)
    {
        if (_plain.IsEmpty)
        {
#pragma warning disable CA2012 // It is consumed once: when it has completed, perhaps rounds later.
            if (!_reading)
                _read = _tls.ReadAsync(_buffer);
#pragma warning restore CA2012
            _reading = !_read.IsCompleted;
            if (_reading)
                return 0;
            int came = _read.GetAwaiter().GetResult();
            if (came == 0)
                throw new IOException("the other node closed it");
            _plain = _buffer.AsMemory(0, came);
        }

        int taken = Math.Min(_plain.Length, into.Length);
        _plain[..taken].CopyTo(into);
        _plain = _plain[taken..];
        return taken;
    }
}
