using System.Buffers;
using MessagePack;
using Nudge.Messages;

namespace Nudge.Wire;

/// <summary>0 experiment, 1 classes.</summary>
internal sealed class JoinVirtualRunContract() : Contract<JoinVirtualRun>("Va")
{
    protected override void Write(ref MessagePackWriter writer, JoinVirtualRun message, ValueFormat format)
    {
        writer.WriteArrayHeader(2);
        writer.Write(message.Experiment);
        writer.Write(message.Classes);
    }

    protected override JoinVirtualRun ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 2);
        var message = new JoinVirtualRun(reader.ReadText(), reader.ReadInt32());
        fields.Close(ref reader);
        return message;
    }
}

/// <summary>0 number of the message, 1 offset, 2 total, 3 bytes.</summary>
internal sealed class VirtualPartContract() : Contract<VirtualPart>("Vp")
{
    protected override void Write(ref MessagePackWriter writer, VirtualPart message, ValueFormat format)
    {
        writer.WriteArrayHeader(4);
        writer.Write(message.Message);
        writer.Write(message.Offset);
        writer.Write(message.Total);
        writer.WriteBlock(message.Bytes.Span);
    }

    protected override VirtualPart ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 4);
        var message = new VirtualPart(
            reader.ReadInt64(), reader.ReadInt32(), reader.ReadInt32(), (reader.ReadBytes() ?? default).ToArray());
        fields.Close(ref reader);
        return message;
    }
}
