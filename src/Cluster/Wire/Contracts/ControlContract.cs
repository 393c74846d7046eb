using MessagePack;
using Nudge.Actors;
using Nudge.Signals;

namespace Nudge.Wire;

/// <summary>
/// 0 channel, 1 number, 2 kind (1 stimulus, 2 nudge, 3 phase), 3 tag, 4 format, 5 values or targets, 6 strength. A phase
/// has neither values nor strength, and a stimulus has no strength: what is missing is an empty block.
/// </summary>
internal sealed class ControlContract() : Contract<ControlMessage>("c")
{
    protected override void Write(ref MessagePackWriter writer, ControlMessage message, ValueFormat format)
    {
        writer.WriteArrayHeader(7);
        writer.Write(message.Channel);
        writer.Write(message.Number);
        writer.Write(message.Signal switch { StimulusSignal => 1, NudgeSignal => 2, _ => 3 });
        writer.WriteTag(message.Signal.Tag);
        if (message.Signal is StimulusSignal stimulus)
            writer.WriteValues(stimulus.Values.Values, format);
        else
            writer.WriteValues(message.Signal is NudgeSignal { Targets: var targets } ? targets.Span : [], ValueFormat.Exact);
        // Exact, whatever the format: an output that is held has the strength infinity.
        ReadOnlySpan<float> strength = message.Signal is NudgeSignal nudge ? nudge.Strength.Span : [];
        ValueBlock.Write(ref writer, strength, ValueFormat.Exact);
    }

    protected override ControlMessage ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 7);
        int channel = reader.ReadInt32();
        long number = reader.ReadInt64();
        int kind = reader.ReadInt32();
        PhaseTag tag = reader.ReadTag();
        ActivityFrame values = reader.ReadFrame();
        float[] strength = ValueBlock.Read(ref reader, ValueFormat.Exact);
        fields.Close(ref reader);
        return new(channel, number, kind switch
        {
            1 => new StimulusSignal(tag, values),
            2 => new NudgeSignal(tag, values.Values.ToArray(), strength),
            3 => new PhaseSignal(tag),
            _ => throw new MessagePackSerializationException($"a control signal of unknown kind {kind}"),
        });
    }
}

/// <summary>0 source, 1 phase, 2 format, 3 values, 4 the phase that has ended.</summary>
internal sealed class AnswerContract() : Contract<AnswerMessage>("n")
{
    protected override void Write(ref MessagePackWriter writer, AnswerMessage message, ValueFormat format)
    {
        writer.WriteArrayHeader(5);
        writer.Write(message.Source);
        writer.WritePhase(message.Phase);
        writer.WriteValues(message.Frame.Values, format);
        writer.WritePhase(message.Ended);
    }

    protected override AnswerMessage ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 5);
        var message = new AnswerMessage(reader.ReadInt32(), reader.ReadPhase(), reader.ReadFrame()) { Ended = reader.ReadPhase() };
        fields.Close(ref reader);
        return message;
    }
}
