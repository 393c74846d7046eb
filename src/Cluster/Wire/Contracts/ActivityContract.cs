using MessagePack;
using Nudge.Actors;
using Nudge.Signals;

namespace Nudge.Wire;

/// <summary>
/// 0 source, 1 incarnation, 2 sequence, 3 tag, 4 below, 5 above, 6 format, 7 values, 8 the sender's time, 9 whether it is awake,
/// 10 how many before it were alike.
/// </summary>
internal sealed class ActivityContract() : Contract<ActivityMessage>("a")
{
    protected override void Write(ref MessagePackWriter writer, ActivityMessage message, ValueFormat format)
    {
        ActivitySignal signal = message.Signal;
        writer.WriteArrayHeader(11);
        writer.Write(signal.Source);
        writer.Write(signal.Incarnation);
        writer.Write(signal.Sequence);
        writer.WriteTag(signal.Tag);
        writer.WritePhase(signal.Below);
        writer.WritePhase(signal.Above);
        writer.WriteValues(signal.Frame.Values, format);
        writer.Write(message.Time);
        writer.Write(message.Awake);
        writer.Write(message.Repeats);
    }

    protected override ActivityMessage ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 10);
        var signal = new ActivitySignal(
            reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadInt64(),
            reader.ReadTag(),
            reader.ReadPhase(),
            reader.ReadPhase(),
            reader.ReadFrame());
        var message = new ActivityMessage(signal, reader.ReadLocalTime(), reader.ReadBoolean())
        {
            Repeats = fields.Next() ? reader.ReadInt64() : 0,
        };
        fields.Close(ref reader);
        return message;
    }
}

/// <summary>0 slice, 1 its time, 2 whether it is awake.</summary>
internal sealed class SliceTimeContract() : Contract<SliceTime>("t")
{
    protected override void Write(ref MessagePackWriter writer, SliceTime message, ValueFormat format)
    {
        writer.WriteArrayHeader(3);
        writer.Write(message.Slice);
        writer.Write(message.Time);
        writer.Write(message.Awake);
    }

    protected override SliceTime ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 3);
        var message = new SliceTime(reader.ReadInt32(), reader.ReadLocalTime(), reader.ReadBoolean());
        fields.Close(ref reader);
        return message;
    }
}

/// <summary>0 receiver, 1 number of the message received last.</summary>
internal sealed class CreditContract() : Contract<Credit>("v")
{
    protected override void Write(ref MessagePackWriter writer, Credit message, ValueFormat format)
    {
        writer.WriteArrayHeader(2);
        writer.Write(message.Slice);
        writer.Write(message.Received);
    }

    protected override Credit ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 2);
        var message = new Credit(reader.ReadInt32(), reader.ReadInt64());
        fields.Close(ref reader);
        return message;
    }
}

internal sealed class AskActivityContract() : Contract<AskActivity>("p")
{
    protected override void Write(ref MessagePackWriter writer, AskActivity message, ValueFormat format)
    {
        writer.WriteArrayHeader(2);
        writer.Write(message.Incarnation);
        writer.Write(message.Sequence);
    }

    protected override AskActivity ReadMessage(ref MessagePackReader reader)
    {
        // The first version had no fields, and was always answered.
        Fields fields = Fields.Open(ref reader, 0);
        int incarnation = fields.Next() ? reader.ReadInt32() : AskActivity.Always.Incarnation;
        long sequence = fields.Next() ? reader.ReadInt64() : AskActivity.Always.Sequence;
        fields.Close(ref reader);
        return new(incarnation, sequence);
    }
}
