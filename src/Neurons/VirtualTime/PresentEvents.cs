namespace Nudge.VirtualTime;

/// <summary>The events of the present tick, in order; new ones may join while they are taken.</summary>
internal sealed class PresentEvents
{
    private const int Few = 16;
    private ScheduledEvent[] _events = new ScheduledEvent[Few];
    private int _next;
    private int _end;

    internal bool TryTake(out ScheduledEvent first)
    {
        if (_next == _end)
        {
            first = default;
            _next = _end = 0;
            return false;
        }

        first = _events[_next++];
        return true;
    }

    /// <summary>Adds without regard to order; <see cref="Sort"/> must follow.</summary>
    internal void Add(in ScheduledEvent waiting)
    {
        if (_end == _events.Length)
            Array.Resize(ref _events, 2 * _end);
        _events[_end++] = waiting;
    }

    /// <summary>Adds events of the present in any order.</summary>
    internal void AddAll(ReadOnlySpan<ScheduledEvent> events)
    {
        while (_end + events.Length > _events.Length)
            Array.Resize(ref _events, 2 * _events.Length);
        events.CopyTo(_events.AsSpan(_end));
        _end += events.Length;
        Sort();
    }

    internal void Sort()
    {
        if (_end - _next > Few)
        {
            _events.AsSpan(_next, _end - _next).Sort();
            return;
        }

        for (int i = _next + 1; i < _end; i++)
            Sink(i);
    }

    internal void Insert(in ScheduledEvent waiting)
    {
        Add(waiting);
        Sink(_end - 1);
    }

    internal void CopyTo(List<ScheduledEvent> events)
    {
        foreach (ScheduledEvent waiting in _events.AsSpan(_next, _end - _next))
            events.Add(waiting);
    }

    internal void Clear() => _next = _end = 0;

    private void Sink(int last)
    {
        ScheduledEvent moving = _events[last];
        int i = last;
        for (; i > _next && moving < _events[i - 1]; i--)
            _events[i] = _events[i - 1];
        _events[i] = moving;
    }
}
