using System.Buffers;
using MessagePack;
using Nudge.Messages;

namespace Nudge.Wire;

/// <summary>0 experiment, 1 classes, 2 number of the run, 3 longest frame.</summary>
internal sealed class JoinVirtualRunContract() : Contract<JoinVirtualRun>("Va")
{
    protected override void Write(ref MessagePackWriter writer, JoinVirtualRun message, ValueFormat format)
    {
        writer.WriteArrayHeader(4);
        writer.Write(message.Experiment);
        writer.Write(message.Classes);
        writer.Write(message.Run);
        writer.Write(message.FrameBytes);
    }

    protected override JoinVirtualRun ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 4);
        var message = new JoinVirtualRun(reader.ReadText(), reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt32());
        fields.Close(ref reader);
        return message;
    }
}

/// <summary>0 number of the run, 1 number of the part, 2 offset, 3 total, 4 bytes.</summary>
internal sealed class VirtualPartContract() : Contract<VirtualPart>("Vp")
{
    protected override void Write(ref MessagePackWriter writer, VirtualPart message, ValueFormat format)
    {
        writer.WriteArrayHeader(5);
        writer.Write(message.Run);
        writer.Write(message.Number);
        writer.Write(message.Offset);
        writer.Write(message.Total);
        writer.WriteBlock(message.Bytes.Span);
    }

    protected override VirtualPart ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 5);
        var message = new VirtualPart(
            reader.ReadInt64(),
            reader.ReadInt64(),
            reader.ReadInt32(),
            reader.ReadInt32(),
            (reader.ReadBytes() ?? default).ToArray());
        fields.Close(ref reader);
        return message;
    }
}

/// <summary>0 number of the run, 1 number of the next part, 2 whether it is missed.</summary>
internal sealed class VirtualReceivedContract() : Contract<VirtualReceived>("Vk")
{
    protected override void Write(ref MessagePackWriter writer, VirtualReceived message, ValueFormat format)
    {
        writer.WriteArrayHeader(3);
        writer.Write(message.Run);
        writer.Write(message.Next);
        writer.Write(message.Misses);
    }

    protected override VirtualReceived ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 3);
        var message = new VirtualReceived(reader.ReadInt64(), reader.ReadInt64(), reader.ReadBoolean());
        fields.Close(ref reader);
        return message;
    }
}
