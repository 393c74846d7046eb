using System.Buffers.Binary;
using System.Runtime.InteropServices;
using MessagePack;
using Nudge.Actors;
using Nudge.Links;
using Nudge.Populations;

namespace Nudge.Wire;

/// <summary>What was learned within contracts: 0 positive, 1 negative, 2 gated, 3 of the wrong sign.</summary>
internal static class LearnedFields
{
    internal static void WriteLearned(this ref MessagePackWriter writer, LearningTally learned)
    {
        writer.WriteArrayHeader(4);
        writer.Write(learned.Positive);
        writer.Write(learned.Negative);
        writer.Write(learned.Gated);
        writer.Write(learned.WrongSign);
    }

    internal static LearningTally ReadLearned(this ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 4);
        var learned = new LearningTally(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        fields.Close(ref reader);
        return learned;
    }
}

/// <summary>
/// 0 slice, 1 sent, 2 steps, 3 local time, 4 learned, 5 energy, 6 staleness, 7 links that arrive, 8 control channels,
/// 9 incarnation, 10 for each link the incarnations of its sender that were received, 11 windows, 12 how far it is ahead.
/// </summary>
internal static class CountersFields
{
    private const int StalenessBytes = (StalenessTally.Bins * sizeof(long)) + sizeof(double);

    internal static void WriteCounters(ref MessagePackWriter writer, SliceCounters message)
    {
        writer.WriteArrayHeader(13);
        writer.Write(message.Slice);
        writer.Write(message.Sent);
        writer.Write(message.Steps);
        writer.Write(message.LocalTau);
        writer.WriteLearned(message.Learned);
        writer.Write(message.Energy);
        WriteStaleness(ref writer, message.Staleness);
        writer.WriteArrayHeader(message.Received.Count);
        foreach (LinkReport link in message.Received)
        {
            LinkCounters fates = link.Fates;
            ReceiveCounters received = link.Received;
            WriteCounts(
                ref writer, link.Link, fates.Sent, fates.Lost, fates.Cut, fates.Duplicated, received.Delivered,
                received.Superseded, received.Late, link.InFlight, received.Missing);
        }

        writer.WriteArrayHeader(message.Control.Count);
        foreach (LinkReport channel in message.Control)
        {
            LinkCounters fates = channel.Fates;
            ReceiveCounters received = channel.Received;
            WriteCounts(
                ref writer, channel.Link, fates.Sent, fates.Lost, fates.Cut, fates.Duplicated, received.Delivered,
                channel.InFlight, received.Missing);
        }

        writer.Write(message.Incarnation);
        writer.WriteArrayHeader(message.Received.Count);
        foreach (LinkReport link in message.Received)
            WriteIncarnations(ref writer, link.Incarnations);
        writer.WriteSendWindows(message.SendWindows);
        writer.Write(message.Ahead);
    }

    internal static SliceCounters ReadCounters(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 11);
        var counters = new SliceCounters(
            reader.ReadInt32(),
            reader.ReadInt64(),
            reader.ReadInt64(),
            reader.ReadDouble(),
            reader.ReadLearned(),
            reader.ReadDouble(),
            ReadStaleness(ref reader),
            ReadLinks(ref reader),
            ReadChannels(ref reader))
        {
            Incarnation = reader.ReadInt32(),
        };
        counters = counters with { Received = ReadIncarnations(ref reader, counters.Received) };
        if (fields.Next())
            counters = counters with { SendWindows = reader.ReadSendWindows() };
        if (fields.Next())
            counters = counters with { Ahead = reader.ReadDouble() };
        fields.Close(ref reader);
        return counters;
    }

    private static void WriteIncarnations(ref MessagePackWriter writer, IReadOnlyList<ReceivedUpTo> incarnations)
    {
        writer.WriteArrayHeader(incarnations.Count * 2);
        foreach (ReceivedUpTo one in incarnations)
        {
            writer.Write(one.Incarnation);
            writer.Write(one.Highest);
        }
    }

    private static List<LinkReport> ReadIncarnations(ref MessagePackReader reader, IReadOnlyList<LinkReport> links)
    {
        if (Fields.ListLength(ref reader) != links.Count)
            throw new MessagePackSerializationException("incarnations of other links than those reported");
        var complete = new List<LinkReport>();
        foreach (LinkReport link in links)
        {
            var incarnations = new ReceivedUpTo[Fields.ListLength(ref reader) / 2];
            for (int i = 0; i < incarnations.Length; i++)
                incarnations[i] = new(reader.ReadInt32(), reader.ReadInt64());
            complete.Add(link with { Incarnations = incarnations });
        }

        return complete;
    }

    private static void WriteCounts(ref MessagePackWriter writer, params ReadOnlySpan<long> counts)
    {
        writer.WriteArrayHeader(counts.Length);
        foreach (long count in counts)
            writer.Write(count);
    }

    // One block of bytes, little-endian: the counts, then the sum of all ages.
    private static void WriteStaleness(ref MessagePackWriter writer, StalenessTally staleness)
    {
        byte[] block = new byte[StalenessBytes];
        MemoryMarshal.AsBytes(staleness.Counts).CopyTo(block);
        BinaryPrimitives.WriteDoubleLittleEndian(block.AsSpan(^sizeof(double)..), staleness.SumOfAges);
        writer.Write(block);
    }

    private static StalenessTally ReadStaleness(ref MessagePackReader reader)
    {
        byte[] block = System.Buffers.BuffersExtensions.ToArray(reader.ReadBytes() ?? default);
        if (block.Length != StalenessBytes)
            throw new MessagePackSerializationException($"{block.Length} bytes where staleness is expected");
        return StalenessTally.Of(
            MemoryMarshal.Cast<byte, long>(block.AsSpan(..^sizeof(double))),
            BinaryPrimitives.ReadDoubleLittleEndian(block.AsSpan(^sizeof(double)..)));
    }

    private static List<LinkReport> ReadLinks(ref MessagePackReader reader)
    {
        int count = Fields.ListLength(ref reader);
        var links = new List<LinkReport>();
        for (int i = 0; i < count; i++)
        {
            Fields fields = Fields.Open(ref reader, 10);
            int link = reader.ReadInt32();
            LinkCounters fates = ReadCounts(ref reader);
            var received = new ReceiveCounters(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
            long inFlight = reader.ReadInt64();
            links.Add(new(link, fates, received with { Missing = reader.ReadInt64() }, inFlight));
            fields.Close(ref reader);
        }

        return links;
    }

    private static List<LinkReport> ReadChannels(ref MessagePackReader reader)
    {
        int count = Fields.ListLength(ref reader);
        var channels = new List<LinkReport>();
        for (int i = 0; i < count; i++)
        {
            Fields fields = Fields.Open(ref reader, 8);
            int channel = reader.ReadInt32();
            LinkCounters fates = ReadCounts(ref reader);
            var received = new ReceiveCounters(reader.ReadInt64(), 0, 0);
            long inFlight = reader.ReadInt64();
            channels.Add(new(channel, fates, received with { Missing = reader.ReadInt64() }, inFlight));
            fields.Close(ref reader);
        }

        return channels;
    }

    private static LinkCounters ReadCounts(ref MessagePackReader reader) => new()
    {
        Sent = reader.ReadInt64(),
        Lost = reader.ReadInt64(),
        Cut = reader.ReadInt64(),
        Duplicated = reader.ReadInt64(),
    };
}
