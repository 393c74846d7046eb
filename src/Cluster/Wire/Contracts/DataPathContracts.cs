using System.Buffers;
using MessagePack;
using Nudge.Messages;

namespace Nudge.Wire;

/// <summary>0 port, 1 token.</summary>
internal sealed class DataPortContract() : Contract<DataPort>("Dp")
{
    protected override void Write(ref MessagePackWriter writer, DataPort message, ValueFormat format)
    {
        writer.WriteArrayHeader(2);
        writer.Write(message.Port);
        writer.Write(message.Token.Span);
    }

    protected override DataPort ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 2);
        int port = reader.ReadInt32();
        ReadOnlySequence<byte> token = reader.ReadBytes() ?? throw new MessagePackSerializationException("a token is missing");
        fields.Close(ref reader);
        return port is > 0 and <= ushort.MaxValue
            ? new(port, token.ToArray())
            : throw new MessagePackSerializationException($"port {port}");
    }
}
