using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading.Tasks.Sources;

namespace Nudge.Transport;

/// <summary>
/// A connection with TLS that does not wait: <see cref="SslStream"/> over a stream in memory, to and from which the loop moves
/// the encrypted bytes. Its handshake is made before, on an ordinary thread.
/// </summary>
internal sealed class TlsChannel : IDataChannel
{
    // No more is encrypted ahead of what the kernel takes, so that what waits stays in the bounded buffer before it.
    private const int MostUnsent = 256 << 10;
    private readonly EncryptedStream _encrypted;
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

    /// <summary>Makes the handshake of one end.</summary>
    /// <param name="socket">Connected.</param>
    /// <param name="handshake">Authenticates as client or server.</param>
    /// <exception cref="IOException">The ends do not trust each other, or the connection has ended.</exception>
    internal static async Task<TlsChannel> OpenAsync(Socket socket, Func<SslStream, Task> handshake)
    {
        var channel = new TlsChannel(socket);
        try
        {
            await handshake(channel._tls);
            return channel;
        }
        catch (AuthenticationException error)
        {
            throw new IOException(error.Message, error);
        }
    }

    /// <summary>The stream that the two ends use until both know each other.</summary>
    internal Stream Stream => _tls;

    /// <summary>From here on only the loop uses the channel.</summary>
    internal void GiveToLoop()
    {
        Socket.NoDelay = true;
        Socket.Blocking = false;
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

    /// <summary>The encrypted side: the socket itself during the handshake, two buffers afterwards.</summary>
    private sealed class EncryptedStream(Socket socket) : Stream, IValueTaskSource<int>
    {
        private readonly byte[] _in = new byte[64 << 10];
        private ManualResetValueTaskSourceCore<int> _awaited;
        private Memory<byte> _wanted;
        private bool _waits;
        private byte[] _out = new byte[64 << 10];
        private int _inFrom;
        private int _inTo;
        private int _outFrom;
        private int _outTo;
        private bool _onLoop;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        internal int Unsent => _outTo - _outFrom;

        internal void GiveToLoop() => _onLoop = true;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!_onLoop)
                return socket.ReceiveAsync(buffer, cancellationToken);
            if (_inTo > _inFrom)
                return new(Give(buffer));
            _awaited.Reset();
            (_wanted, _waits) = (buffer, true);
            return new(this, _awaited.Version);
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_onLoop)
            {
                Write(buffer.Span);
                return;
            }

            while (buffer.Length > 0)
                buffer = buffer[await socket.SendAsync(buffer, cancellationToken)..];
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (_outFrom == _outTo)
                (_outFrom, _outTo) = (0, 0);
            if (_outTo + buffer.Length > _out.Length)
                Array.Resize(ref _out, Math.Max(2 * _out.Length, _outTo + buffer.Length));
            buffer.CopyTo(_out.AsSpan(_outTo));
            _outTo += buffer.Length;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public int GetResult(short token) => _awaited.GetResult(token);

        public ValueTaskSourceStatus GetStatus(short token) => _awaited.GetStatus(token);

        public void OnCompleted(
            Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _awaited.OnCompleted(continuation, state, token, flags);

        internal void SendNow()
        {
            if (Unsent > 0)
                _outFrom += PlainChannel.SendNow(socket, _out.AsSpan(_outFrom, Unsent));
        }

        /// <summary>Takes what has come; a read that waits goes on with it, before this returns.</summary>
        internal bool ReceiveNow()
        {
            if (_inFrom == _inTo)
                (_inFrom, _inTo) = (0, 0);
            int came = _inTo == _in.Length ? 0 : PlainChannel.ReceiveNow(socket, _in.AsSpan(_inTo));
            _inTo += came;
            if (came > 0 && _waits)
                _awaited.SetResult(Give(_wanted));
            return came > 0;
        }

        private int Give(Memory<byte> buffer)
        {
            (_wanted, _waits) = (default, false);
            int given = Math.Min(buffer.Length, _inTo - _inFrom);
            _in.AsMemory(_inFrom, given).CopyTo(buffer);
            _inFrom += given;
            return given;
        }
    }
}
