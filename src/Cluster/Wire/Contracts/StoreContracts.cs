using System.Buffers;
using MessagePack;
using Nudge.Store;

namespace Nudge.Wire;

/// <summary>0 incarnation, 1 epoch, 2 token.</summary>
internal sealed class IncarnationContract() : Contract<IncarnationAllotted>(StoreEvents.Allotted)
{
    protected override void Write(ref MessagePackWriter writer, IncarnationAllotted message, ValueFormat format)
    {
        writer.WriteArrayHeader(3);
        writer.Write(message.Incarnation);
        writer.Write(message.Epoch);
        writer.Write(message.Token);
    }

    protected override IncarnationAllotted ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 1);
        var message = new IncarnationAllotted(reader.ReadInt32()) { Epoch = fields.Next() ? reader.ReadInt32() : 0 };
        message = message with { Token = fields.Next() ? reader.ReadInt64() : 0 };
        fields.Close(ref reader);
        return message;
    }
}

/// <summary>0 incarnation, 1 generation, 2 part, 3 bytes.</summary>
internal sealed class ChunkContract() : Contract<StateChunk>(StoreEvents.Chunk)
{
    protected override void Write(ref MessagePackWriter writer, StateChunk message, ValueFormat format)
    {
        writer.WriteArrayHeader(4);
        writer.Write(message.Incarnation);
        writer.Write(message.Generation);
        writer.Write(message.Part);
        writer.WriteBlock(message.Bytes.Span);
    }

    protected override StateChunk ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 4);
        var message = new StateChunk(
            reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt32(), (reader.ReadBytes() ?? default).ToArray());
        fields.Close(ref reader);
        return message;
    }
}

/// <summary>0 incarnation, 1 generation, 2 parts, 3 checksum (SHA-256 of the parts together), 4 epoch, 5 place among the files.</summary>
internal sealed class CompleteContract() : Contract<StateComplete>(StoreEvents.Complete)
{
    protected override void Write(ref MessagePackWriter writer, StateComplete message, ValueFormat format)
    {
        writer.WriteArrayHeader(6);
        writer.Write(message.Incarnation);
        writer.Write(message.Generation);
        writer.Write(message.Parts);
        writer.Write(message.Checksum.Span);
        writer.Write(message.Epoch);
        writer.Write(message.Place);
    }

    protected override StateComplete ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 4);
        var message = new StateComplete(
            reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt32(), (reader.ReadBytes() ?? default).ToArray());
        message = message with { Epoch = fields.Next() ? reader.ReadInt32() : 0 };
        message = message with { Place = fields.Next() ? reader.ReadString() ?? "" : "" };
        fields.Close(ref reader);
        return message;
    }
}
