using System.Numerics;

namespace Nudge.VirtualTime;

/// <summary>
/// A hierarchical timing wheel (Varghese and Lauck 1987) that gives events in their exact order. Level k has 256 slots of
/// 256^k ticks; an event waits at the level of the highest byte in which its time differs from now, and moves down as now
/// comes near. Only the events of the present tick are ever sorted.
/// </summary>
public sealed class TimingWheel
{
    private const int LevelBits = 8;
    private const int Slots = 1 << LevelBits;
    private const int Levels = 8;
    private const int None = -1;

    private readonly int[] _heads = new int[Levels * Slots];
    private readonly ulong[] _occupied = new ulong[Levels * Slots / 64];
    private readonly PresentEvents _present = new();
    private Node[] _nodes = new Node[64];
    private int _free = None;
    private int _used;

    /// <summary>Makes an empty wheel at time 0.</summary>
    public TimingWheel() => Array.Fill(_heads, None);

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
            Place(Allocate(waiting));
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
        foreach (int head in _heads)
        {
            for (int node = head; node != None; node = _nodes[node].Next)
                events.Add(_nodes[node].Event);
        }
    }

    /// <summary>Forgets all events and sets the time.</summary>
    public void Clear(long now)
    {
        Array.Fill(_heads, None);
        Array.Clear(_occupied);
        _present.Clear();
        _free = None;
        _used = 0;
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
            int here = (int)(Now >> (level * LevelBits)) & (Slots - 1);
            int slot = FirstOccupied(level, here + 1);
            if (slot < 0)
                continue;
            int place = (level * Slots) + slot;
            int node = _heads[place];
            _heads[place] = None;
            _occupied[place >> 6] &= ~(1UL << (place & 63));
            if (_nodes[node].Next == None)
            {
                only = _nodes[node].Event;
                Now = only.Time;
                Release(node);
                return true;
            }

            int shift = level * LevelBits;
            // The slots below are empty, so now may go to the beginning of this one.
            Now = level == Levels - 1 ? (long)slot << shift : (Now >> (shift + LevelBits) << (shift + LevelBits)) | ((long)slot << shift);
            MoveDown(node);
            break;
        }

        only = default;
        return false;
    }

    private void MoveDown(int node)
    {
        while (node != None)
        {
            int following = _nodes[node].Next;
            if (_nodes[node].Event.Time == Now)
            {
                _present.Add(_nodes[node].Event);
                Release(node);
            }
            else
            {
                Place(node);
            }

            node = following;
        }

        _present.Sort();
    }

    private void Place(int node)
    {
        long time = _nodes[node].Event.Time;
        int level = (63 - BitOperations.LeadingZeroCount((ulong)(time ^ Now))) / LevelBits;
        int place = (level * Slots) + ((int)(time >> (level * LevelBits)) & (Slots - 1));
        _nodes[node].Next = _heads[place];
        _heads[place] = node;
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

    private int Allocate(in ScheduledEvent waiting)
    {
        int node = _free;
        if (node != None)
        {
            _free = _nodes[node].Next;
        }
        else
        {
            if (_used == _nodes.Length)
                Array.Resize(ref _nodes, 2 * _used);
            node = _used++;
        }

        _nodes[node].Event = waiting;
        return node;
    }

    private void Release(int node)
    {
        _nodes[node].Next = _free;
        _free = node;
    }

    private struct Node
    {
        internal ScheduledEvent Event;
        internal int Next;
    }
}
