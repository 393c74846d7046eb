using MessagePack;
using Nudge.Runs;

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
