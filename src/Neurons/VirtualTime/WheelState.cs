namespace Nudge.VirtualTime;

/// <summary>The events that a wheel holds, in checkpoints.</summary>
internal static class WheelState
{
    internal static void Save(TimingWheel wheel, BinaryWriter writer)
    {
        var events = new List<ScheduledEvent>();
        wheel.CopyTo(events);
        writer.Write(wheel.Now);
        writer.Write(events.Count);
        foreach (ScheduledEvent waiting in events)
        {
            writer.Write(waiting.Time);
            writer.Write(waiting.Order);
            writer.Write(waiting.Number);
            writer.Write(waiting.Payload);
        }
    }

    internal static void Restore(TimingWheel wheel, BinaryReader reader)
    {
        wheel.Clear(reader.ReadInt64());
        int count = reader.ReadInt32();
        for (int i = 0; i < count; i++)
            wheel.Schedule(new(reader.ReadInt64(), reader.ReadUInt64(), reader.ReadInt64(), reader.ReadInt32()));
    }
}
