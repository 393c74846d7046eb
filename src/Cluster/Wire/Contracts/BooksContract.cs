using MessagePack;
using Nudge.Actors;
using Nudge.Links;
using Nudge.Populations;

namespace Nudge.Wire;

/// <summary>
/// 0 slice, 1 sent, 2 steps, 3 local time, 4 learned, 5 energy, 6 staleness, 7 links that arrive, 8 control channels,
/// 9 incarnation, 10 for each link the lives of its sender that were heard, 11 outlets.
/// </summary>
internal sealed class BooksContract() : Contract<SliceBooks>("b")
{
    internal static void WriteBooks(ref MessagePackWriter writer, SliceBooks message)
    {
        writer.WriteArrayHeader(12);
        writer.Write(message.Slice);
        writer.Write(message.Sent);
        writer.Write(message.Steps);
        writer.Write(message.LocalTau);
        WriteCounts(ref writer, message.Learned.Positive, message.Learned.Negative, message.Learned.Gated, message.Learned.WrongSign);
        writer.Write(message.Energy);
        writer.Write(StateBytes.Of(message.Staleness.Save));
        writer.WriteArrayHeader(message.Received.Count);
        foreach (ReceivedBooks link in message.Received)
        {
            LinkCounts counts = link.Counts;
            HeardCounts heard = link.Heard;
            WriteCounts(
                ref writer, link.Link, counts.Sent, counts.Lost, counts.Cut, counts.Duplicated, heard.Delivered,
                heard.Superseded, heard.Late, link.InFlight, link.RealLost);
        }

        writer.WriteArrayHeader(message.Control.Count);
        foreach (ControlBooks channel in message.Control)
        {
            LinkCounts counts = channel.Counts;
            WriteCounts(
                ref writer, channel.Channel, counts.Sent, counts.Lost, counts.Cut, counts.Duplicated, channel.Delivered,
                channel.InFlight, channel.RealLost);
        }

        writer.Write(message.Incarnation);
        writer.WriteArrayHeader(message.Received.Count);
        foreach (ReceivedBooks link in message.Received)
            WriteLives(ref writer, link.Lives);
        writer.WriteOutlets(message.Outlets);
    }

    internal static SliceBooks ReadBooks(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 11);
        var books = new SliceBooks(
            reader.ReadInt32(),
            reader.ReadInt64(),
            reader.ReadInt64(),
            reader.ReadDouble(),
            ReadLearned(ref reader),
            reader.ReadDouble(),
            ReadStaleness(ref reader),
            ReadLinks(ref reader),
            ReadChannels(ref reader))
        {
            Incarnation = reader.ReadInt32(),
        };
        books = books with { Received = ReadLives(ref reader, books.Received) };
        if (fields.Next())
            books = books with { Outlets = reader.ReadOutlets() };
        fields.Close(ref reader);
        return books;
    }

    protected override void Write(ref MessagePackWriter writer, SliceBooks message, ValueFormat format) =>
        WriteBooks(ref writer, message);

    protected override SliceBooks ReadMessage(ref MessagePackReader reader) => ReadBooks(ref reader);

    private static void WriteLives(ref MessagePackWriter writer, IReadOnlyList<HeardLife> lives)
    {
        writer.WriteArrayHeader(lives.Count * 2);
        foreach (HeardLife life in lives)
        {
            writer.Write(life.Incarnation);
            writer.Write(life.Highest);
        }
    }

    private static List<ReceivedBooks> ReadLives(ref MessagePackReader reader, IReadOnlyList<ReceivedBooks> links)
    {
        if (Fields.ListLength(ref reader) != links.Count)
            throw new MessagePackSerializationException("the lives of other links than those of the books");
        var complete = new List<ReceivedBooks>();
        foreach (ReceivedBooks link in links)
        {
            var lives = new HeardLife[Fields.ListLength(ref reader) / 2];
            for (int i = 0; i < lives.Length; i++)
                lives[i] = new(reader.ReadInt32(), reader.ReadInt64());
            complete.Add(link with { Lives = lives });
        }

        return complete;
    }

    private static void WriteCounts(ref MessagePackWriter writer, params ReadOnlySpan<long> counts)
    {
        writer.WriteArrayHeader(counts.Length);
        foreach (long count in counts)
            writer.Write(count);
    }

    private static LearningTally ReadLearned(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 4);
        var learned = new LearningTally(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        fields.Close(ref reader);
        return learned;
    }

    private static StalenessTally ReadStaleness(ref MessagePackReader reader)
    {
        var tally = new StalenessTally();
        byte[] state = System.Buffers.BuffersExtensions.ToArray(reader.ReadBytes() ?? default);
        StateBytes.Restore(state, tally.Restore);
        return tally;
    }

    private static List<ReceivedBooks> ReadLinks(ref MessagePackReader reader)
    {
        int count = Fields.ListLength(ref reader);
        var links = new List<ReceivedBooks>();
        for (int i = 0; i < count; i++)
        {
            Fields fields = Fields.Open(ref reader, 10);
            links.Add(new(
                reader.ReadInt32(),
                ReadCounts(ref reader),
                new(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64()),
                reader.ReadInt64(),
                reader.ReadInt64()));
            fields.Close(ref reader);
        }

        return links;
    }

    private static List<ControlBooks> ReadChannels(ref MessagePackReader reader)
    {
        int count = Fields.ListLength(ref reader);
        var channels = new List<ControlBooks>();
        for (int i = 0; i < count; i++)
        {
            Fields fields = Fields.Open(ref reader, 8);
            channels.Add(new(
                reader.ReadInt32(), ReadCounts(ref reader), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64()));
            fields.Close(ref reader);
        }

        return channels;
    }

    private static LinkCounts ReadCounts(ref MessagePackReader reader) => new()
    {
        Sent = reader.ReadInt64(),
        Lost = reader.ReadInt64(),
        Cut = reader.ReadInt64(),
        Duplicated = reader.ReadInt64(),
    };
}
