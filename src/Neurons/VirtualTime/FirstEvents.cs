namespace Nudge.VirtualTime;

/// <summary>The events that come first, in order; new ones may join while they are taken.</summary>
internal sealed class FirstEvents
{
    private ScheduledEvent[] _events = new ScheduledEvent[64];
    private int _next;
    private int _end;
    private bool _isUnsorted;

    /// <summary>How many there are.</summary>
    internal int Count => _end - _next;

    /// <summary>The events that are left.</summary>
    internal ReadOnlySpan<ScheduledEvent> Events => _events.AsSpan(_next, Count);

    /// <summary>Takes the first event; there must be one.</summary>
    internal ScheduledEvent Take()
    {
        ref readonly ScheduledEvent first = ref _events[_next++];
        return new(first.Time, first.Order, first.Number, first.Payload);
    }

    /// <summary>Adds an event where it belongs; quick if few are left, or if it comes after nearly all of them.</summary>
    internal void Insert(long time, ulong order, long number, int payload)
    {
        if (_end == _events.Length)
            MakeRoom();
        ScheduledEvent[] events = _events;
        int next = _next;
        int i = _end++;
        ref ScheduledEvent free = ref events[i];
        while (i > next)
        {
            ref ScheduledEvent before = ref events[--i];
            if (time > before.Time
                || (time == before.Time && (order > before.Order || (order == before.Order && number >= before.Number))))
                break;
            free = before;
            free = ref before;
        }

        free = new(time, order, number, payload);
    }

    /// <summary>Adds a few events where they belong.</summary>
    internal void InsertAll(ReadOnlySpan<ScheduledEvent> events)
    {
        foreach (ref readonly ScheduledEvent waiting in events)
            Insert(waiting.Time, waiting.Order, waiting.Number, waiting.Payload);
    }

    /// <summary>Adds without regard to order; <see cref="Sort"/> must follow.</summary>
    internal void Add(in ScheduledEvent waiting)
    {
        if (_end == _events.Length)
            MakeRoom();
        _events[_end++] = waiting;
        _isUnsorted = true;
    }

    /// <summary>Adds many without regard to order; <see cref="Sort"/> must follow.</summary>
    internal void AddAll(ReadOnlySpan<ScheduledEvent> events)
    {
        foreach (ref readonly ScheduledEvent waiting in events)
            Add(waiting);
    }

    /// <summary>Puts the events in order after any were added without regard to it.</summary>
    internal void Sort()
    {
        if (!_isUnsorted)
            return;
        _events.AsSpan(_next, Count).Sort();
        _isUnsorted = false;
    }

    /// <summary>Removes the events after a time; what it gives is good until another event is added.</summary>
    internal ReadOnlySpan<ScheduledEvent> RemoveAfter(long time)
    {
        int first = _next;
        while (first < _end && _events[first].Time <= time)
            first++;
        ReadOnlySpan<ScheduledEvent> removed = _events.AsSpan(first, _end - first);
        _end = first;
        return removed;
    }

    /// <summary>Forgets all events.</summary>
    internal void Clear() => _next = _end = 0;

    private void MakeRoom()
    {
        ReadOnlySpan<ScheduledEvent> left = Events;
        if (left.Length > _events.Length / 2)
            _events = new ScheduledEvent[2 * _events.Length];
        left.CopyTo(_events);
        (_next, _end) = (0, left.Length);
    }
}
