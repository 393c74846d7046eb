using MessagePack;
using Nudge.Runs;

namespace Nudge.Wire;

/// <summary>0 job, 1 metrics (name and value in turns), 2 wall seconds, 3 event hash.</summary>
internal sealed class RunEndedContract() : Contract<RunEnded>("We")
{
    protected override void Write(ref MessagePackWriter writer, RunEnded message, ValueFormat format)
    {
        writer.WriteArrayHeader(4);
        writer.Write(message.Job);
        writer.WriteArrayHeader(2 * message.Numbers.Metrics.Count);
        foreach ((string name, double value) in message.Numbers.Metrics)
        {
            writer.Write(name);
            writer.Write(value);
        }

        writer.Write(message.Numbers.WallSeconds);
        writer.Write(message.Numbers.EventHash);
    }

    protected override RunEnded ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 4);
        var message = new RunEnded(
            reader.ReadInt32(), new(ReadMetrics(ref reader), reader.ReadDouble(), reader.ReadUInt64()));
        fields.Close(ref reader);
        return message;
    }

    private static KeyValuePair<string, double>[] ReadMetrics(ref MessagePackReader reader)
    {
        int length = Fields.ListLength(ref reader);
        if (length % 2 != 0)
            throw new MessagePackSerializationException("a metric has no value");
        var metrics = new KeyValuePair<string, double>[length / 2];
        for (int i = 0; i < metrics.Length; i++)
            metrics[i] = new(reader.ReadText(), reader.ReadDouble());
        return metrics;
    }
}

/// <summary>0 job, 1 reason.</summary>
internal sealed class RunFailedContract() : Contract<RunFailed>("Wf")
{
    protected override void Write(ref MessagePackWriter writer, RunFailed message, ValueFormat format)
    {
        writer.WriteArrayHeader(2);
        writer.Write(message.Job);
        writer.Write(message.Reason);
    }

    protected override RunFailed ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 2);
        var message = new RunFailed(reader.ReadInt32(), reader.ReadText());
        fields.Close(ref reader);
        return message;
    }
}

/// <summary>0 job, 1 reason.</summary>
internal sealed class RunDeclinedContract() : Contract<RunDeclined>("Wd")
{
    protected override void Write(ref MessagePackWriter writer, RunDeclined message, ValueFormat format)
    {
        writer.WriteArrayHeader(2);
        writer.Write(message.Job);
        writer.Write(message.Reason);
    }

    protected override RunDeclined ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 2);
        var message = new RunDeclined(reader.ReadInt32(), reader.ReadText());
        fields.Close(ref reader);
        return message;
    }
}
