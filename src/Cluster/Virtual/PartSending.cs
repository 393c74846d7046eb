using Nudge.Messages;

namespace Nudge.Virtual;

/// <summary>
/// The sender's end of a stream of messages to one receiver. Messages are cut into numbered parts, which are kept until the receiver has
/// acknowledged them. When it misses one, or acknowledges nothing for long, all that are under way are sent again ("go back n").
/// Any thread may call it.
/// </summary>
/// <param name="run">The number of the run.</param>
/// <param name="partBytes">Bytes that a part may have, at least 1.</param>
/// <param name="transmit">Sends a part, which may be lost. It must not call back.</param>
internal sealed class PartSending(long run, int partBytes, Action<VirtualPart> transmit)
{
    /// <summary>No more than this many bytes are under way, but for one part.</summary>
    internal const int Window = 1 << 20;

    private const int FirstPause = 2;
    private const int LongestPause = 32;
    private readonly object _gate = new();
    private readonly Queue<VirtualPart> _underWay = new();
    private readonly Queue<VirtualPart> _waiting = new();
    private long _last;
    private long _bytesUnderWay;
    private int _pause = FirstPause;
    private int _ticks;

    /// <summary>Sends a message.</summary>
    internal void Send(byte[] message)
    {
        lock (_gate)
        {
            int offset = 0;
            do
            {
                int length = Math.Min(partBytes, message.Length - offset);
                _waiting.Enqueue(new(run, ++_last, offset, message.Length, message.AsMemory(offset, length)));
                offset += length;
            }
            while (offset < message.Length);
            TransmitWaiting();
        }
    }

    /// <summary>The receiver has answered.</summary>
    /// <param name="next">The number of the first part that it has not received.</param>
    /// <param name="misses">Whether it has received later ones.</param>
    internal void Take(long next, bool misses)
    {
        lock (_gate)
        {
            while (_underWay.TryPeek(out VirtualPart? first) && first.Number < next)
            {
                _bytesUnderWay -= _underWay.Dequeue().Bytes.Length;
                (_pause, _ticks) = (FirstPause, 0);
            }

            if (misses && _underWay.TryPeek(out VirtualPart? missed) && missed.Number == next)
                TransmitAgain();
            TransmitWaiting();
        }
    }

    /// <summary>Some time has passed.</summary>
    internal void Tick()
    {
        lock (_gate)
        {
            if (_underWay.Count == 0 || ++_ticks < _pause)
                return;
            (_pause, _ticks) = (Math.Min(2 * _pause, LongestPause), 0);
            TransmitAgain();
        }
    }

    private void TransmitAgain()
    {
        foreach (VirtualPart part in _underWay)
            transmit(part);
    }

    private void TransmitWaiting()
    {
        while (_waiting.TryPeek(out VirtualPart? part) && (_underWay.Count == 0 || _bytesUnderWay + part.Bytes.Length <= Window))
        {
            _underWay.Enqueue(_waiting.Dequeue());
            _bytesUnderWay += part.Bytes.Length;
            transmit(part);
        }
    }
}
