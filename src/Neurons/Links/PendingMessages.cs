namespace Nudge.Links;

/// <summary>
/// Messages that wait for their time on the receiver's own clock, ordered by when they are due, then by when they came.
/// Injected delays are counted in local time, so a slow machine does not shorten them.
/// </summary>
internal sealed class PendingMessages
{
    private readonly PriorityQueue<(int Place, object Message, long Delay), (long Due, long Arrival)> _waiting = new();
    private long _arrivals;

    internal bool IsEmpty => _waiting.Count == 0;

    /// <summary>Holds a message for the delay of its fate, and the second copy too if there is one.</summary>
    /// <param name="place">The receiver's number of the link.</param>
    /// <param name="message">The message.</param>
    /// <param name="now">The receiver's time, in ticks.</param>
    /// <param name="fate">The message's fate; one that was lost is not added.</param>
    internal void Add(int place, object message, long now, in LinkFate fate)
    {
        if (fate.Lost != LossCause.None)
            return;
        Add(place, message, now, fate.Delay);
        if (fate.Duplicated)
            Add(place, message, now, fate.DuplicateDelay);
    }

    /// <summary>Takes the first message that is due by some time.</summary>
    /// <param name="upTo">The time, in ticks.</param>
    /// <param name="place">The receiver's number of the link.</param>
    /// <param name="message">The message.</param>
    /// <param name="delay">How long it was to wait, in ticks.</param>
    internal bool TryTakeDue(long upTo, out int place, out object message, out long delay)
    {
        if (_waiting.TryPeek(out (int Place, object Message, long Delay) first, out (long Due, long Arrival) when)
            && when.Due <= upTo)
        {
            _waiting.Dequeue();
            (place, message, delay) = first;
            return true;
        }

        (place, message, delay) = (-1, "", 0);
        return false;
    }

    /// <summary>How many wait of each link that any wait of.</summary>
    internal IReadOnlyDictionary<int, long> Waiting()
    {
        var waiting = new Dictionary<int, long>();
        foreach (((int Place, object Message, long Delay) message, _) in _waiting.UnorderedItems)
            waiting[message.Place] = waiting.GetValueOrDefault(message.Place) + 1;
        return waiting;
    }

    private void Add(int place, object message, long now, long delay) =>
        _waiting.Enqueue((place, message, delay), (now + delay, _arrivals++));
}
