using System.Buffers;
using Nudge.Wire;

namespace Nudge.Transport;

/// <summary>
/// Frames for one node that its connection has yet to take. It outlives connections: a frame of which a connection that
/// ended had taken a part is sent again whole, and those behind it follow. Bounded: what does not fit is refused, and lost.
/// Any thread may append; one at a time takes.
/// </summary>
/// <param name="codec">Writes messages.</param>
/// <param name="longest">Bytes of the longest message.</param>
internal sealed class SendBuffer(Codec codec, int longest) : IBufferWriter<byte>
{
    private const int FirstLength = 64 << 10;
    private const int LeastBound = 1 << 20;
    private readonly object _gate = new();
    private byte[] _bytes = new byte[FirstLength];
    private int _taken;
    private int _written;
    private int _frame;
    private long _takenBytes;

    /// <summary>Takes bytes of the front of the buffer and says how many.</summary>
    internal delegate int Taker(ReadOnlySpan<byte> bytes);

    /// <summary>Whether bytes wait.</summary>
    internal bool HasBytes => Waiting > 0;

    /// <summary>Bytes that wait.</summary>
    internal int Waiting => Volatile.Read(ref _written) - Volatile.Read(ref _taken);

    /// <summary>Bytes that connections have taken; those of a frame that was sent again count again.</summary>
    internal long TakenBytes => Volatile.Read(ref _takenBytes);

    /// <summary>Bytes that are reserved.</summary>
    internal int Capacity => _bytes.Length;

    private int Bound => Math.Max(4 * longest, LeastBound);

    /// <summary>Appends a message.</summary>
    /// <param name="message">The message; it has a contract.</param>
    /// <param name="kind">Its kind on data connections.</param>
    /// <param name="sender">Key of its sender, or 0.</param>
    /// <param name="receivers">Keys of its receivers.</param>
    /// <returns>Whether it fitted.</returns>
    internal bool TryAppend(object message, byte kind, ulong sender, ReadOnlySpan<ulong> receivers)
    {
        lock (_gate)
        {
            Compact();
            int header = DataFrame.HeaderOf(receivers.Length);
            Reserve(header);
            int begin = _written;
            int written = begin;
            try
            {
                _written += header;
                codec.Write(this, message);
                int length = _written - begin - header;
                if (length <= longest && _written - _frame <= Bound)
                {
                    DataFrame.WriteHeader(_bytes.AsSpan(begin), length, kind, sender, receivers);
                    written = _written;
                }
            }
            finally
            {
                _written = written;
            }

            return written > begin;
        }
    }

    /// <summary>Offers all bytes that wait.</summary>
    internal void Take(Taker taker)
    {
        lock (_gate)
        {
            int taken = taker(_bytes.AsSpan(_taken, _written - _taken));
            _taken += taken;
            Volatile.Write(ref _takenBytes, _takenBytes + taken);
            while (_frame < _taken && _frame + DataFrame.LengthOf(_bytes.AsSpan(_frame)) is int next && next <= _taken)
                _frame = next;
            if (_frame == _written)
                (_frame, _taken, _written) = (0, 0, 0);
        }
    }

    /// <summary>A new connection begins, with the first frame that no earlier one took whole.</summary>
    internal void Rewind()
    {
        lock (_gate)
            _taken = _frame;
    }

    /// <summary>Drops everything: the process that it was for is gone.</summary>
    /// <returns>Frames that no connection had taken whole.</returns>
    internal int Clear()
    {
        lock (_gate)
        {
            int dropped = 0;
            for (; _frame < _written; _frame += DataFrame.LengthOf(_bytes.AsSpan(_frame)))
                dropped++;
            (_frame, _taken, _written) = (0, 0, 0);
            return dropped;
        }
    }

    void IBufferWriter<byte>.Advance(int count) => _written += count;

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(_written);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsSpan(_written);
    }

    // Only between messages, because one that is being written knows where it began.
    private void Compact()
    {
        if (_frame < _bytes.Length / 2)
            return;
        _bytes.AsSpan(_frame, _written - _frame).CopyTo(_bytes);
        (_frame, _taken, _written) = (0, _taken - _frame, _written - _frame);
    }

    private void Reserve(int length)
    {
        if (_written + length <= _bytes.Length)
            return;
        byte[] longer = new byte[Math.Max(2 * _bytes.Length, _written + length)];
        _bytes.AsSpan(0, _written).CopyTo(longer);
        _bytes = longer;
    }
}
