namespace Nudge.VirtualTime;

/// <summary>Something that will happen. Events are ordered by time, then order, then number.</summary>
/// <param name="Time">When, in ticks.</param>
/// <param name="Order">What orders the events of one instant.</param>
/// <param name="Number">What orders those that are still equal.</param>
/// <param name="Payload">What it is about; the queue does not look at it.</param>
public readonly record struct ScheduledEvent(long Time, ulong Order, long Number, int Payload)
    : IComparable<ScheduledEvent>
{
    /// <inheritdoc/>
    public int CompareTo(ScheduledEvent other)
    {
        if (Time != other.Time)
            return Time < other.Time ? -1 : 1;
        if (Order != other.Order)
            return Order < other.Order ? -1 : 1;
        return Number.CompareTo(other.Number);
    }

    /// <summary>Whether a comes before b.</summary>
    public static bool operator <(ScheduledEvent a, ScheduledEvent b) => a.CompareTo(b) < 0;

    /// <summary>Whether a comes after b.</summary>
    public static bool operator >(ScheduledEvent a, ScheduledEvent b) => a.CompareTo(b) > 0;

    /// <summary>Whether a does not come after b.</summary>
    public static bool operator <=(ScheduledEvent a, ScheduledEvent b) => a.CompareTo(b) <= 0;

    /// <summary>Whether a does not come before b.</summary>
    public static bool operator >=(ScheduledEvent a, ScheduledEvent b) => a.CompareTo(b) >= 0;
}
