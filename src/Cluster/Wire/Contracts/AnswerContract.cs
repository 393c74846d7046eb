using MessagePack;
using Nudge.Actors;

namespace Nudge.Wire;

/// <summary>0 source, 1 phase, 2 format, 3 values.</summary>
internal sealed class AnswerContract() : Contract<AnswerMessage>("n")
{
    protected override void Write(ref MessagePackWriter writer, AnswerMessage message, ValueFormat format)
    {
        writer.WriteArrayHeader(4);
        writer.Write(message.Source);
        writer.WritePhase(message.Phase);
        writer.WriteValues(message.Frame.Values, format);
    }

    protected override AnswerMessage ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 4);
        var message = new AnswerMessage(reader.ReadInt32(), reader.ReadPhase(), reader.ReadFrame());
        fields.Close(ref reader);
        return message;
    }
}
