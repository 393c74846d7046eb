namespace Nudge.Actors;

/// <summary>
/// The way from a slice to its targets on one other node. Activity is a state and not an event: when so many messages are
/// under way that the target has not credited, only the newest waits, and one that it replaces is conflated. So a slow
/// node or link fills no buffer.
/// </summary>
/// <param name="send">Sends to the target.</param>
/// <param name="size">Messages that may be under way without a credit; no fewer than <see cref="Window"/>.</param>
internal sealed class SendWindow(Action<object> send, int size = SendWindow.Window)
{
    /// <summary>Messages that may be under way without a credit, unless more are asked for.</summary>
    internal const int Window = 32;

    /// <summary>A receiver credits after so many messages: one lost credit alone never closes the window.</summary>
    internal const int CreditEvery = Window / 2;

    /// <summary>Keep-alives without a credit after which a closed window opens by half for the first time.</summary>
    internal const int AnswerTimeout = 50;

    private const int LongestTimeout = 1 << 20;
    private readonly Queue<long> _uncredited = new();
    private ActivityMessage? _waiting;
    private SliceTime? _report;
    private int _timeout = AnswerTimeout;
    private int _uncreditedFor;

    /// <summary>Messages that a newer one replaced before they could be sent.</summary>
    internal long Conflated { get; private set; }

    internal bool Waits => _waiting is not null;

    internal int Uncredited => _uncredited.Count;

    private bool IsOpen => _uncredited.Count < size;

    internal void Send(ActivityMessage message)
    {
        // A rest that was to be reported is over.
        _report = null;
        if (_waiting is not null)
            Conflated++;
        _waiting = message;
        SendWaiting();
    }

    /// <summary>Tells that the slice rests, after all its activity; that, too, is a state.</summary>
    internal void Send(SliceTime report)
    {
        _report = report;
        SendWaiting();
    }

    /// <summary>
    /// The target has received the message of this number, and so all before it that it ever will. A number, not a
    /// count: the next credit replaces a lost one, and a late one of a target's earlier incarnation opens nothing.
    /// </summary>
    internal void Credit(long received)
    {
        if (!TryDequeueUpTo(received))
            return;
        _timeout = AnswerTimeout;
        _uncreditedFor = 0;
        SendWaiting();
    }

    /// <summary>
    /// Opens a window that has been closed for long by half. When a link is cut, a whole window of messages, or the credit
    /// for the last of them, may be lost: then each end waits for the other for ever. A target that is only slow must
    /// not be overloaded this way, so each time without a credit takes twice as long as the one before.
    /// </summary>
    internal void KeepAlive()
    {
        if (IsOpen || ++_uncreditedFor < _timeout)
            return;
        _uncreditedFor = 0;
        _timeout = Math.Min(2 * _timeout, LongestTimeout);
        for (int i = 0; i < size / 2; i++)
            _uncredited.Dequeue();
        SendWaiting();
    }

    /// <summary>Releases a target that has ended: what waits for it will never be sent.</summary>
    internal void Abandon()
    {
        if (_waiting is not null)
            Conflated++;
        _waiting = null;
        _report = null;
        _uncredited.Clear();
        _timeout = AnswerTimeout;
        _uncreditedFor = 0;
    }

    private bool TryDequeueUpTo(long received)
    {
        int before = _uncredited.Count;
        while (_uncredited.TryPeek(out long number) && number <= received)
            _uncredited.Dequeue();
        return _uncredited.Count < before;
    }

    private void SendWaiting()
    {
        if (!IsOpen)
            return;
        if (_waiting is { } message)
        {
            _waiting = null;
            _uncredited.Enqueue(message.Signal.Sequence);
            send(message);
        }

        if (_report is { } report)
        {
            _report = null;
            send(report);
        }
    }
}
