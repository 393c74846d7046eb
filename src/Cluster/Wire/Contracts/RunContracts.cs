using MessagePack;
using Nudge.Messages;

namespace Nudge.Wire;

/// <summary>0 runs at a time, 1 frame.</summary>
internal sealed class RunnerHelloContract() : Contract<RunnerHello>("Wh")
{
    protected override void Write(ref MessagePackWriter writer, RunnerHello message, ValueFormat format)
    {
        writer.WriteArrayHeader(2);
        writer.Write(message.AtATime);
        writer.Write(message.FrameBytes);
    }

    protected override RunnerHello ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 2);
        var message = new RunnerHello(reader.ReadInt32(), reader.ReadInt32());
        fields.Close(ref reader);
        return message;
    }
}

/// <summary>0 job, 1 version, 2 experiment, 3 phases of a measurement of the variance, 4 data.</summary>
internal sealed class StartRunContract() : Contract<StartRun>("Wo")
{
    protected override void Write(ref MessagePackWriter writer, StartRun message, ValueFormat format)
    {
        writer.WriteArrayHeader(5);
        writer.Write(message.Job);
        writer.Write(message.Version);
        writer.Write(message.Run.Experiment);
        writer.Write(message.Run.VariancePhases);
        writer.Write(message.Run.Data);
    }

    protected override StartRun ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 5);
        var message = new StartRun(
            reader.ReadInt32(), reader.ReadText(), new(reader.ReadText(), reader.ReadInt32(), reader.ReadText()));
        fields.Close(ref reader);
        return message;
    }
}

/// <summary>0 job, 1 stimuli shown.</summary>
internal sealed class RunStandsContract() : Contract<RunStands>("Wp")
{
    protected override void Write(ref MessagePackWriter writer, RunStands message, ValueFormat format)
    {
        writer.WriteArrayHeader(2);
        writer.Write(message.Job);
        writer.Write(message.Shown);
    }

    protected override RunStands ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 2);
        var message = new RunStands(reader.ReadInt32(), reader.ReadInt64());
        fields.Close(ref reader);
        return message;
    }
}

/// <summary>
/// 0 job, 1 metrics (name and value in turns), 2 wall seconds, 3 event hash, 4 warnings (topic, path, message and
/// presentations in turns).
/// </summary>
internal sealed class RunEndedContract() : Contract<RunEnded>("We")
{
    private const int FieldsOfWarning = 4;

    protected override void Write(ref MessagePackWriter writer, RunEnded message, ValueFormat format)
    {
        writer.WriteArrayHeader(5);
        writer.Write(message.Job);
        writer.WriteArrayHeader(2 * message.Numbers.Metrics.Count);
        foreach ((string name, double value) in message.Numbers.Metrics)
        {
            writer.Write(name);
            writer.Write(value);
        }

        writer.Write(message.Numbers.WallSeconds);
        writer.Write(message.Numbers.EventHash);
        WriteWarnings(ref writer, message.Numbers.Warnings);
    }

    protected override RunEnded ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 4);
        int job = reader.ReadInt32();
        var numbers = new RunNumbers(ReadMetrics(ref reader), reader.ReadDouble(), reader.ReadUInt64());
        if (fields.Next())
            numbers = numbers with { Warnings = ReadWarnings(ref reader) };
        fields.Close(ref reader);
        return new(job, numbers);
    }

    private static void WriteWarnings(ref MessagePackWriter writer, IReadOnlyList<NodeRunWarning> warnings)
    {
        writer.WriteArrayHeader(FieldsOfWarning * warnings.Count);
        foreach (NodeRunWarning warning in warnings)
        {
            writer.Write(warning.Topic);
            writer.Write(warning.Path);
            writer.Write(warning.Message);
            writer.Write(warning.Presentations);
        }
    }

    private static NodeRunWarning[] ReadWarnings(ref MessagePackReader reader)
    {
        int length = Fields.ListLength(ref reader);
        if (length % FieldsOfWarning != 0)
            throw new MessagePackSerializationException("a warning is incomplete");
        var warnings = new NodeRunWarning[length / FieldsOfWarning];
        for (int i = 0; i < warnings.Length; i++)
            warnings[i] = new(reader.ReadText(), reader.ReadText(), reader.ReadText(), reader.ReadInt64());
        return warnings;
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
