using System.Buffers;
using MessagePack;
using Nudge.Messages;

namespace Nudge.Wire;

/// <summary>0 slice, 1 offset, 2 length at most.</summary>
internal sealed class AskStateContract() : Contract<AskStatePart>("Ns")
{
    protected override void Write(ref MessagePackWriter writer, AskStatePart message, ValueFormat format)
    {
        writer.WriteArrayHeader(3);
        writer.Write(message.Slice);
        writer.Write(message.Offset);
        writer.Write(message.AtMost);
    }

    protected override AskStatePart ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 3);
        var message = new AskStatePart(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        fields.Close(ref reader);
        return message;
    }
}

/// <summary>0 slice, 1 offset, 2 total, 3 bytes.</summary>
internal sealed class StateContract() : Contract<StatePart>("Nt")
{
    protected override void Write(ref MessagePackWriter writer, StatePart message, ValueFormat format)
    {
        writer.WriteArrayHeader(4);
        writer.Write(message.Slice);
        writer.Write(message.Offset);
        writer.Write(message.Total);
        writer.WriteBlock(message.Bytes.Span);
    }

    protected override StatePart ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 4);
        var message = new StatePart(
            reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), (reader.ReadBytes() ?? default).ToArray());
        fields.Close(ref reader);
        return message;
    }
}
