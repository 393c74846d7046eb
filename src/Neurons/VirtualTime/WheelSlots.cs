namespace Nudge.VirtualTime;

/// <summary>
/// The slots of a timing wheel. A slot grows to one block of events; one with more takes further blocks from those that
/// others gave back last, so that the memory in use is as large as the events that wait and stays in the cache.
/// </summary>
/// <param name="count">How many slots there are.</param>
internal sealed class WheelSlots(int count)
{
    private const int BlockLength = 64;
    private readonly Slot[] _slots = new Slot[count];
    private readonly Stack<ScheduledEvent[]> _free = [];

    /// <summary>Makes room in a slot for one more event, which the caller writes there.</summary>
    internal ref ScheduledEvent Add(int slot)
    {
        ref Slot to = ref _slots[slot];
        if (to.Events is null || to.Count == to.Events.Length)
            MakeRoom(ref to);
        return ref to.Events![to.Count++];
    }

    /// <summary>Whether a slot that is not empty has one event.</summary>
    internal bool HasOne(int slot) => _slots[slot] is { Count: 1, Full: null or { Count: 0 } };

    /// <summary>
    /// Removes the newest block of events from a slot. What it gives is good until <see cref="OpenNext"/> or until an event
    /// is added to the same slot.
    /// </summary>
    internal ReadOnlySpan<ScheduledEvent> RemoveBlock(int slot)
    {
        ref Slot from = ref _slots[slot];
        ReadOnlySpan<ScheduledEvent> removed = from.Events.AsSpan(0, from.Count);
        from.Count = 0;
        return removed;
    }

    /// <summary>Makes the next block of a slot, which is full, its newest one; false if there is none.</summary>
    internal bool OpenNext(int slot)
    {
        ref Slot from = ref _slots[slot];
        if (from.Full is not { Count: > 0 } full)
            return false;
        _free.Push(from.Events!);
        from.Events = full.Pop();
        from.Count = BlockLength;
        return true;
    }

    /// <summary>Adds the events of all slots to a list.</summary>
    internal void CopyTo(List<ScheduledEvent> events)
    {
        foreach (Slot slot in _slots)
        {
            events.AddRange(slot.Events.AsSpan(0, slot.Count));
            foreach (ScheduledEvent[] block in slot.Full ?? [])
                events.AddRange(block);
        }
    }

    private void MakeRoom(ref Slot slot)
    {
        if (slot.Count < BlockLength)
        {
            Array.Resize(ref slot.Events, Math.Max(4, 2 * slot.Count));
            return;
        }

        slot.Full ??= [];
        slot.Full.Push(slot.Events!);
        if (!_free.TryPop(out slot.Events))
            slot.Events = new ScheduledEvent[BlockLength];
        slot.Count = 0;
    }

    private struct Slot
    {
        internal ScheduledEvent[]? Events;
        internal int Count;
        internal Stack<ScheduledEvent[]>? Full;
    }
}
