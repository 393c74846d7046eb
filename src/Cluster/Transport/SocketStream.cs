using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace Nudge.Transport;

/// <summary>
/// A socket as a stream: the socket itself, which waits, until the stream is given to the loop, and from then on two buffers
/// that do not wait. What .NET does to wait for sockets is never used, because it would wake a thread of its own for
/// everything that comes.
/// </summary>
internal sealed class SocketStream(Socket socket) : Stream, IValueTaskSource<int>
{
    private const int FirstLength = 64 << 10;
    private readonly byte[] _in = new byte[FirstLength];
    private ManualResetValueTaskSourceCore<int> _awaited;
    private Memory<byte> _wanted;
    private byte[] _out = new byte[FirstLength];
    private int _inFrom;
    private int _inTo;
    private int _outFrom;
    private int _outTo;
    private bool _waits;
    private bool _onLoop;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Bytes that were written and that the kernel has not taken.</summary>
    internal int Unsent => _outTo - _outFrom;

    /// <summary>From here on only the loop uses the stream.</summary>
    internal void GiveToLoop()
    {
        socket.Blocking = false;
        _onLoop = true;
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_onLoop)
            throw new InvalidOperationException("It would wait.");
        int came = socket.Receive(buffer, SocketFlags.None, out SocketError error);
        return error == SocketError.Success ? came : throw new IOException(error.ToString());
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_inTo > _inFrom)
            return new(Give(buffer));
        _awaited.Reset();
        (_wanted, _waits) = (buffer, true);
        return new(this, _awaited.Version);
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_onLoop)
        {
            Append(buffer);
            return;
        }

        while (buffer.Length > 0)
        {
            int sent = socket.Send(buffer, SocketFlags.None, out SocketError error);
            buffer = error == SocketError.Success ? buffer[sent..] : throw new IOException(error.ToString());
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public int GetResult(short token) => _awaited.GetResult(token);

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => _awaited.GetStatus(token);

    /// <inheritdoc/>
    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _awaited.OnCompleted(continuation, state, token, flags);

    /// <summary>Gives the kernel what it takes now.</summary>
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

    private void Append(ReadOnlySpan<byte> buffer)
    {
        if (_outFrom == _outTo)
            (_outFrom, _outTo) = (0, 0);
        if (_outTo + buffer.Length > _out.Length)
            Array.Resize(ref _out, Math.Max(2 * _out.Length, _outTo + buffer.Length));
        buffer.CopyTo(_out.AsSpan(_outTo));
        _outTo += buffer.Length;
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
