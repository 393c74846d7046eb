using MessagePack;
using Nudge.Actors;

namespace Nudge.Wire;

/// <summary>0 receiver, 1 number of the message heard last.</summary>
internal sealed class CreditContract() : Contract<Credit>("v")
{
    protected override void Write(ref MessagePackWriter writer, Credit message, ValueFormat format)
    {
        writer.WriteArrayHeader(2);
        writer.Write(message.Slice);
        writer.Write(message.Heard);
    }

    protected override Credit ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 2);
        var message = new Credit(reader.ReadInt32(), reader.ReadInt64());
        fields.Close(ref reader);
        return message;
    }
}
