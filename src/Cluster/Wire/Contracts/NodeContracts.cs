using MessagePack;
using Nudge.Messages;

namespace Nudge.Wire;

/// <summary>0 protocol, 1 frame, 2 whether it keeps slices, 3 peak memory in bytes.</summary>
internal sealed class HelloContract() : Contract<NodeHello>("Nh")
{
    protected override void Write(ref MessagePackWriter writer, NodeHello message, ValueFormat format)
    {
        writer.WriteArrayHeader(4);
        writer.Write(message.Protocol);
        writer.Write(message.FrameBytes);
        writer.Write(message.KeepsSlices);
        writer.Write(message.PeakBytes);
    }

    protected override NodeHello ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 2);
        // Another version's hello must be readable, so that it can be refused with a reason.
        var message = new NodeHello(
            reader.ReadInt32(),
            reader.ReadInt32(),
            fields.Next() && reader.ReadBoolean(),
            fields.Next() ? reader.ReadInt64() : 0);
        fields.Close(ref reader);
        return message;
    }
}

/// <summary>0 reason.</summary>
internal sealed class RefusedContract() : Contract<HostRefused>("Nr")
{
    protected override void Write(ref MessagePackWriter writer, HostRefused message, ValueFormat format)
    {
        writer.WriteArrayHeader(1);
        writer.Write(message.Reason);
    }

    protected override HostRefused ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 1);
        var message = new HostRefused(reader.ReadText());
        fields.Close(ref reader);
        return message;
    }
}
