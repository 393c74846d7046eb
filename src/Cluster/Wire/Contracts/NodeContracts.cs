using MessagePack;
using Nudge.Hosting;

namespace Nudge.Wire;

/// <summary>0 protocol, 1 frame.</summary>
internal sealed class HelloContract() : Contract<NodeHello>("Nh")
{
    protected override void Write(ref MessagePackWriter writer, NodeHello message, ValueFormat format)
    {
        writer.WriteArrayHeader(2);
        writer.Write(message.Protocol);
        writer.Write(message.FrameBytes);
    }

    protected override NodeHello ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 2);
        var message = new NodeHello(reader.ReadInt32(), reader.ReadInt32());
        fields.Close(ref reader);
        return message;
    }
}

/// <summary>0 run, 1 experiment, 2 classes, 3 slices.</summary>
internal sealed class HostSlicesContract() : Contract<HostSlices>("No")
{
    protected override void Write(ref MessagePackWriter writer, HostSlices message, ValueFormat format)
    {
        writer.WriteArrayHeader(4);
        writer.Write(message.Run);
        writer.Write(message.Experiment);
        writer.Write(message.Classes);
        writer.WriteArrayHeader(message.Slices.Count);
        foreach (int slice in message.Slices)
            writer.Write(slice);
    }

    protected override HostSlices ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 4);
        var message = new HostSlices(reader.ReadText(), reader.ReadText(), reader.ReadInt32(), ReadIndices(ref reader));
        fields.Close(ref reader);
        return message;
    }

    private static int[] ReadIndices(ref MessagePackReader reader)
    {
        int[] indices = new int[Fields.ListLength(ref reader)];
        for (int i = 0; i < indices.Length; i++)
            indices[i] = reader.ReadInt32();
        return indices;
    }
}

/// <summary>0 keeper, 1 paths.</summary>
internal sealed class HostedContract() : Contract<Hosted>("Nk")
{
    protected override void Write(ref MessagePackWriter writer, Hosted message, ValueFormat format)
    {
        writer.WriteArrayHeader(2);
        writer.Write(message.Keeper);
        writer.WriteTexts(message.Paths);
    }

    protected override Hosted ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 2);
        var message = new Hosted(reader.ReadText(), reader.ReadTexts());
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

/// <summary>0 slices, 1 coordinator, 2 director.</summary>
internal sealed class CastContract() : Contract<CastList>("Nc")
{
    protected override void Write(ref MessagePackWriter writer, CastList message, ValueFormat format)
    {
        writer.WriteArrayHeader(3);
        writer.WriteTexts(message.Slices);
        writer.Write(message.Coordinator);
        writer.Write(message.Director);
    }

    protected override CastList ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 3);
        var message = new CastList(reader.ReadTexts(), reader.ReadText(), reader.ReadText());
        fields.Close(ref reader);
        return message;
    }
}
