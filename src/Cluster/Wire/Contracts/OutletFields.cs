using MessagePack;
using Nudge.Actors;

namespace Nudge.Wire;

/// <summary>Books of outlets, three places each: target, conflated, whether one waits.</summary>
internal static class OutletFields
{
    internal static void WriteOutlets(this ref MessagePackWriter writer, IReadOnlyList<OutletBooks> outlets)
    {
        writer.WriteArrayHeader(outlets.Count * 3);
        foreach (OutletBooks outlet in outlets)
        {
            writer.Write(outlet.Target);
            writer.Write(outlet.Conflated);
            writer.Write(outlet.Waits);
        }
    }

    internal static OutletBooks[] ReadOutlets(this ref MessagePackReader reader)
    {
        var outlets = new OutletBooks[Fields.ListLength(ref reader) / 3];
        for (int i = 0; i < outlets.Length; i++)
            outlets[i] = new(reader.ReadInt32(), reader.ReadInt64(), reader.ReadBoolean());
        return outlets;
    }
}
