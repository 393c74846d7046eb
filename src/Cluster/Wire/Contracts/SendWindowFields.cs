using MessagePack;
using Nudge.Actors;

namespace Nudge.Wire;

/// <summary>Counters of windows, three places each: target, conflated, whether one waits.</summary>
internal static class SendWindowFields
{
    internal static void WriteSendWindows(this ref MessagePackWriter writer, IReadOnlyList<SendWindowCounters> windows)
    {
        writer.WriteArrayHeader(windows.Count * 3);
        foreach (SendWindowCounters window in windows)
        {
            writer.Write(window.Target);
            writer.Write(window.Conflated);
            writer.Write(window.Waits);
        }
    }

    internal static SendWindowCounters[] ReadSendWindows(this ref MessagePackReader reader)
    {
        var windows = new SendWindowCounters[Fields.ListLength(ref reader) / 3];
        for (int i = 0; i < windows.Length; i++)
            windows[i] = new(reader.ReadInt32(), reader.ReadInt64(), reader.ReadBoolean());
        return windows;
    }
}
