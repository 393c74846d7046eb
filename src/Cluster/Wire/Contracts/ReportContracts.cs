using MessagePack;
using Nudge.Actors;

namespace Nudge.Wire;

/// <summary>0 slice, 1 phase, 2 whether it rests.</summary>
internal sealed class RestContract() : Contract<RestReport>("r")
{
    protected override void Write(ref MessagePackWriter writer, RestReport message, ValueFormat format)
    {
        writer.WriteArrayHeader(3);
        writer.Write(message.Slice);
        writer.WritePhase(message.Phase);
        writer.Write(message.Resting);
    }

    protected override RestReport ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 3);
        var message = new RestReport(reader.ReadInt32(), reader.ReadPhase(), reader.ReadBoolean());
        fields.Close(ref reader);
        return message;
    }
}

/// <summary>0 slice, 1 spread of positive phases, 2 spread of negative ones.</summary>
internal sealed class SecondMomentsContract() : Contract<PhaseReport>("h")
{
    protected override void Write(ref MessagePackWriter writer, PhaseReport message, ValueFormat format)
    {
        writer.WriteArrayHeader(3);
        writer.Write(message.Slice);
        writer.Write(message.Moments.Positive);
        writer.Write(message.Moments.Negative);
    }

    protected override PhaseReport ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 3);
        var message = new PhaseReport(reader.ReadInt32(), new(reader.ReadDouble(), reader.ReadDouble()));
        fields.Close(ref reader);
        return message;
    }
}

/// <summary>0 slice, 1 phase, 2 length, 3 whether every step is answered.</summary>
internal sealed class MarkContract() : Contract<PhaseMark>("m")
{
    protected override void Write(ref MessagePackWriter writer, PhaseMark message, ValueFormat format)
    {
        writer.WriteArrayHeader(4);
        writer.Write(message.Slice);
        writer.WritePhase(message.Phase);
        writer.Write(message.Length);
        writer.Write(message.EveryStep);
    }

    protected override PhaseMark ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 4);
        var message = new PhaseMark(reader.ReadInt32(), reader.ReadPhase(), reader.ReadDouble(), reader.ReadBoolean());
        fields.Close(ref reader);
        return message;
    }
}

/// <summary>0 channel, 1 phase.</summary>
internal sealed class AcknowledgementContract() : Contract<Acknowledgement>("k")
{
    protected override void Write(ref MessagePackWriter writer, Acknowledgement message, ValueFormat format)
    {
        writer.WriteArrayHeader(2);
        writer.Write(message.Channel);
        writer.WritePhase(message.Phase);
    }

    protected override Acknowledgement ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 2);
        var message = new Acknowledgement(reader.ReadInt32(), reader.ReadPhase());
        fields.Close(ref reader);
        return message;
    }
}
