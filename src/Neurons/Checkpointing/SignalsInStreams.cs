using Nudge.Signals;

namespace Nudge.Checkpointing;

/// <summary>Signals in checkpoints. Messages under way are part of the state of a run.</summary>
public static class SignalsInStreams
{
    /// <summary>Writes a phase's number.</summary>
    public static void WritePhase(this BinaryWriter writer, PhaseNumber phase)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(phase.Epoch);
        writer.Write(phase.Number);
    }

    /// <summary>Reads a phase's number.</summary>
    public static PhaseNumber ReadPhase(this BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return new(reader.ReadInt32(), reader.ReadInt64());
    }

    /// <summary>Writes a tag.</summary>
    public static void WriteTag(this BinaryWriter writer, PhaseTag tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        writer.WritePhase(tag.Phase);
        writer.Write(tag.Stimulus);
        writer.WriteFloats(tag.Importance);
    }

    /// <summary>Reads a tag.</summary>
    /// <param name="reader">The stream.</param>
    /// <param name="lanes">Number of lanes.</param>
    public static PhaseTag ReadTag(this BinaryReader reader, int lanes)
    {
        PhaseNumber phase = reader.ReadPhase();
        long stimulus = reader.ReadInt64();
        float[] importance = new float[lanes];
        reader.ReadFloats(importance);
        return new(phase, stimulus, importance);
    }

    /// <summary>Writes an activity signal with its values.</summary>
    public static void WriteActivity(this BinaryWriter writer, in ActivitySignal signal)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(signal.Source);
        writer.Write(signal.Incarnation);
        writer.Write(signal.Sequence);
        writer.WriteTag(signal.Tag);
        writer.WritePhase(signal.Below);
        writer.WritePhase(signal.Above);
        writer.WriteFloats(signal.Frame.Values);
    }

    /// <summary>Reads an activity signal; its frame belongs to no pool.</summary>
    /// <param name="reader">The stream.</param>
    /// <param name="lanes">Number of lanes.</param>
    /// <param name="values">lanes × units of the sender.</param>
    public static ActivitySignal ReadActivity(this BinaryReader reader, int lanes, int values)
    {
        ArgumentNullException.ThrowIfNull(reader);
        int source = reader.ReadInt32();
        int incarnation = reader.ReadInt32();
        long sequence = reader.ReadInt64();
        PhaseTag tag = reader.ReadTag(lanes);
        PhaseNumber below = reader.ReadPhase();
        PhaseNumber above = reader.ReadPhase();
        float[] frame = new float[values];
        reader.ReadFloats(frame);
        return new(source, incarnation, sequence, tag, below, above, ActivityFrame.Of(frame));
    }

    /// <summary>Writes a control signal of any kind, or none.</summary>
    public static void WriteControl(this BinaryWriter writer, ControlSignal? signal)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write((byte)(signal switch { StimulusSignal => 1, NudgeSignal => 2, PhaseSignal => 3, _ => 0 }));
        if (signal is null)
            return;
        writer.WriteTag(signal.Tag);
        if (signal is StimulusSignal stimulus)
            writer.WriteFloats(stimulus.Values.Values);
        if (signal is not NudgeSignal nudge)
            return;
        writer.WriteFloats(nudge.Targets.Span);
        writer.WriteFloats(nudge.Strength.Span);
    }

    /// <summary>Reads a control signal of any kind, or none.</summary>
    /// <param name="reader">The stream.</param>
    /// <param name="lanes">Number of lanes.</param>
    /// <param name="units">Units of the population that it is for.</param>
    /// <exception cref="InvalidDataException">The kind is unknown.</exception>
    public static ControlSignal? ReadControl(this BinaryReader reader, int lanes, int units)
    {
        ArgumentNullException.ThrowIfNull(reader);
        byte kind = reader.ReadByte();
        if (kind == 0)
            return null;
        PhaseTag tag = reader.ReadTag(lanes);
        return kind switch
        {
            1 => new StimulusSignal(tag, ActivityFrame.Of(Floats(reader, lanes * units))),
            2 => new NudgeSignal(tag, Floats(reader, lanes * units), Floats(reader, lanes)),
            3 => new PhaseSignal(tag),
            _ => throw new InvalidDataException($"The checkpoint holds a control signal of unknown kind {kind}."),
        };
    }

    private static float[] Floats(BinaryReader reader, int count)
    {
        float[] values = new float[count];
        reader.ReadFloats(values);
        return values;
    }
}
