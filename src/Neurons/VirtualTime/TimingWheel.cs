using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nudge.VirtualTime;

/// <summary>
/// A hierarchical timing wheel (Varghese and Lauck 1987) that gives events in their exact order. Level k has 256 slots of
/// 256^k ticks; an event waits at the level of the highest byte in which its time differs from now, and moves down as now
/// comes near. Only the events of the present tick are sorted. While few events wait, all of them are kept sorted instead.
/// </summary>
public sealed class TimingWheel
{
    private const int LevelBits = 8;
    private const int Slots = 1 << LevelBits;
    private const int Levels = 8;

    // With more events slots are quicker. They are left again at half of it, so that events do not move back and forth.
    private const int Few = 32;

    private readonly FirstEvents _first = new();
    private readonly ulong[] _occupied = new ulong[Levels * Slots / 64];
    private uint _occupiedWords;
    private WheelSlots? _slots;
    private int _inSlots;
    private bool _usesSlots;

    /// <summary>Time of the event taken last, in ticks.</summary>
    public long Now { get; private set; }

    /// <summary>Events that wait.</summary>
    public int Count => _first.Count + _inSlots;

    /// <summary>Adds an event.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It lies in the past.</exception>
    public void Schedule(in ScheduledEvent waiting)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(waiting.Time, Now);
        if (_usesSlots && waiting.Time != Now)
        {
            _inSlots++;
            // Field by field, since a processor waits before it reads as a whole what the caller has just written in parts.
            RoomAt(waiting.Time, Now) = new(waiting.Time, waiting.Order, waiting.Number, waiting.Payload);
            return;
        }

        _first.Insert(waiting.Time, waiting.Order, waiting.Number, waiting.Payload);
        if (!_usesSlots && _first.Count > Few)
            BeginSlots();
    }

    /// <summary>Takes the first event; false when none waits.</summary>
    public bool TryTakeNext(out ScheduledEvent next)
    {
        while (_first.Count == 0)
        {
            if (_inSlots == 0)
            {
                next = default;
                return false;
            }

            if (_inSlots <= Few / 2)
                EndSlots();
            else if (Advance(out next))
                return true;
        }

        next = _first.Take();
        Now = next.Time;
        return true;
    }

    /// <summary>Lists the events that wait, in no particular order.</summary>
    public void CopyTo(List<ScheduledEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        events.AddRange(_first.Events);
        _slots?.CopyTo(events);
    }

    /// <summary>Forgets all events and sets the time.</summary>
    public void Clear(long now)
    {
        Array.Clear(_occupied);
        _occupiedWords = 0;
        _first.Clear();
        _slots = null;
        _inSlots = 0;
        _usesSlots = false;
        Now = now;
    }

    private void BeginSlots()
    {
        _usesSlots = true;
        _slots ??= new(Levels * Slots);
        ReadOnlySpan<ScheduledEvent> later = _first.RemoveAfter(Now);
        _inSlots = later.Length;
        foreach (ref readonly ScheduledEvent waiting in later)
            RoomAt(waiting.Time, Now) = waiting;
    }

    private void EndSlots()
    {
        _usesSlots = false;
        while (_occupiedWords != 0)
            MoveToFirst(TakeFirstSlot());
    }

    /// <summary>
    /// Moves now to the first slot in use. A slot of one event gives it at once; otherwise its events move down, those of
    /// the new present to be sorted.
    /// </summary>
    private bool Advance(out ScheduledEvent only)
    {
        int slot = TakeFirstSlot();
        if (_slots!.HasOne(slot))
        {
            only = _slots.RemoveBlock(slot)[0];
            _inSlots--;
            Now = only.Time;
            return true;
        }

        only = default;
        int level = slot / Slots;
        int shift = level * LevelBits;
        // The slots below are empty, so now may go to the beginning of this one.
        long above = level == Levels - 1 ? 0 : Now >> (shift + LevelBits) << (shift + LevelBits);
        Now = above | ((long)(slot % Slots) << shift);
        if (level == 0)
            MoveToFirst(slot);
        else
            MoveDown(slot);
        return false;
    }

    /// <summary>
    /// The first slot in use, which counts as empty from now on. The slots of a level that are in use lie after now, and
    /// before all those of the next level.
    /// </summary>
    private int TakeFirstSlot()
    {
        int word = BitOperations.TrailingZeroCount(_occupiedWords);
        ulong bits = _occupied[word];
        ulong others = bits & (bits - 1);
        _occupied[word] = others;
        _occupiedWords &= ~((others == 0 ? 1U : 0U) << word);
        return (word * 64) + BitOperations.TrailingZeroCount(bits);
    }

    private void MoveToFirst(int slot)
    {
        do
        {
            ReadOnlySpan<ScheduledEvent> events = _slots!.RemoveBlock(slot);
            _inSlots -= events.Length;
            if (events.Length <= Few / 2)
                _first.InsertAll(events);
            else
                _first.AddAll(events);
        }
        while (_slots.OpenNext(slot));
        _first.Sort();
    }

    private void MoveDown(int slot)
    {
        long now = Now;
        do
        {
            foreach (ref readonly ScheduledEvent waiting in _slots!.RemoveBlock(slot))
            {
                if (waiting.Time == now)
                    _first.Add(waiting);
                else
                    RoomAt(waiting.Time, now) = waiting;
            }
        }
        while (_slots.OpenNext(slot));
        _inSlots -= _first.Count;
        _first.Sort();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref ScheduledEvent RoomAt(long time, long now)
    {
        int shift = BitOperations.Log2((ulong)(time ^ now)) & -LevelBits;
        int slot = (shift / LevelBits * Slots) + ((int)(time >> shift) & (Slots - 1));
        _occupied[slot >> 6] |= 1UL << (slot & 63);
        _occupiedWords |= 1U << (slot >> 6);
        return ref _slots!.Add(slot);
    }
}
