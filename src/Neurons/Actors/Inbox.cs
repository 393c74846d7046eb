namespace Nudge.Actors;

/// <summary>
/// Mail that waits for its time on the receiver's own clock, ordered by when it is due, then by when it came. Injected
/// delays are counted in local time, so a slow machine does not shorten them.
/// </summary>
internal sealed class Inbox
{
    private readonly PriorityQueue<(int Place, object Mail, long Delay), (long Due, long Arrival)> _waiting = new();
    private long _arrivals;

    internal bool IsEmpty => _waiting.Count == 0;

    internal void Add(int place, object mail, long now, long delay) =>
        _waiting.Enqueue((place, mail, delay), (now + delay, _arrivals++));

    internal bool TryTakeDue(long now, out int place, out object mail, out long delay)
    {
        if (_waiting.TryPeek(out (int Place, object Mail, long Delay) first, out (long Due, long Arrival) when) && when.Due <= now)
        {
            _waiting.Dequeue();
            (place, mail, delay) = first;
            return true;
        }

        (place, mail, delay) = (-1, "", 0);
        return false;
    }

    internal long Waiting(int place) => _waiting.UnorderedItems.LongCount(item => item.Element.Place == place);
}
