using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nudge.VirtualTime;

/// <summary>
/// A hierarchical timing wheel (Varghese and Lauck 1987) that gives events in their exact order. Level k has 256 slots of
/// 256^k ticks; an event waits at the level of the highest byte in which its time differs from now, and moves down as now
/// comes near. Slots are contiguous, so moving down reads memory in order; only the events of the present tick are sorted.
/// </summary>
public sealed class TimingWheel
{
    private const int LevelBits = 8;
    private const int Slots = 1 << LevelBits;
    private const int Levels = 8;

    private readonly Slot[] _slots = new Slot[Levels * Slots];
    private readonly ulong[] _occupied = new ulong[Levels * Slots / 64];
    private readonly PresentEvents _present = new();

    /// <summary>Time of the event taken last, in ticks.</summary>
    public long Now { get; private set; }

    /// <summary>Events that wait.</summary>
    public int Count { get; private set; }

    /// <summary>Adds an event.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It lies in the past.</exception>
    public void Schedule(in ScheduledEvent waiting)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(waiting.Time, Now);
        Count++;
        if (waiting.Time == Now)
            _present.Insert(waiting);
        else
            Place(waiting);
    }

    /// <summary>Takes the first event; false when none waits.</summary>
    public bool TryTakeNext(out ScheduledEvent next)
    {
        while (!_present.TryTake(out next))
        {
            if (Count == 0)
                return false;
            if (!Advance(out next))
                continue;
            Count--;
            return true;
        }

        Count--;
        return true;
    }

    /// <summary>Lists the events that wait, in no particular order.</summary>
    public void CopyTo(List<ScheduledEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        _present.CopyTo(events);
        foreach (Slot slot in _slots)
        {
            foreach (ScheduledEvent waiting in slot.Events.AsSpan(0, slot.Count))
                events.Add(waiting);
        }
    }

    /// <summary>Forgets all events and sets the time.</summary>
    public void Clear(long now)
    {
        Array.Clear(_slots);
        Array.Clear(_occupied);
        _present.Clear();
        Count = 0;
        Now = now;
    }

    /// <summary>
    /// Moves now to the first slot in use. A slot of one event gives it at once; otherwise its events move down, those of
    /// the new present to be sorted.
    /// </summary>
    private bool Advance(out ScheduledEvent only)
    {
        for (int level = 0; level < Levels; level++)
        {
            int shift = level * LevelBits;
            int index = FirstOccupied(level, ((int)(Now >> shift) & (Slots - 1)) + 1);
            if (index < 0)
                continue;
            int place = (level * Slots) + index;
            ref Slot slot = ref _slots[place];
            _occupied[place >> 6] &= ~(1UL << (place & 63));
            int count = slot.Count;
            slot.Count = 0;
            if (count == 1)
            {
                only = slot.Events![0];
                Now = only.Time;
                return true;
            }

            // The slots below are empty, so now may go to the beginning of this one.
            long above = level == Levels - 1 ? 0 : Now >> (shift + LevelBits) << (shift + LevelBits);
            Now = above | ((long)index << shift);
            if (level == 0)
                _present.AddAll(slot.Events.AsSpan(0, count));
            else
                MoveDown(slot.Events.AsSpan(0, count));
            break;
        }

        only = default;
        return false;
    }

    private void MoveDown(ReadOnlySpan<ScheduledEvent> events)
    {
        foreach (ref readonly ScheduledEvent waiting in events)
        {
            if (waiting.Time == Now)
                _present.Add(waiting);
            else
                Place(waiting);
        }

        _present.Sort();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Place(in ScheduledEvent waiting)
    {
        int level = (63 - BitOperations.LeadingZeroCount((ulong)(waiting.Time ^ Now))) / LevelBits;
        int place = (level * Slots) + ((int)(waiting.Time >> (level * LevelBits)) & (Slots - 1));
        ref Slot slot = ref _slots[place];
        if (slot.Events is null || slot.Count == slot.Events.Length)
            Array.Resize(ref slot.Events, Math.Max(4, 2 * slot.Count));
        slot.Events[slot.Count++] = waiting;
        _occupied[place >> 6] |= 1UL << (place & 63);
    }

    private int FirstOccupied(int level, int from)
    {
        int first = level * (Slots / 64);
        for (int word = from >> 6; word < Slots / 64; word++)
        {
            ulong bits = _occupied[first + word];
            if (word == from >> 6)
                bits &= ulong.MaxValue << (from & 63);
            if (bits != 0)
                return (word << 6) + BitOperations.TrailingZeroCount(bits);
        }

        return -1;
    }

    private struct Slot
    {
        internal ScheduledEvent[]? Events;
        internal int Count;
    }
}
