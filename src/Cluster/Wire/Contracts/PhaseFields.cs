using MessagePack;
using Nudge.Signals;

namespace Nudge.Wire;

/// <summary>The parts that many contracts share: a phase's number and its tag, each an array within the message.</summary>
internal static class PhaseFields
{
    // No run comes near it, and sums of it stay exact enough.
    private const double LatestTime = 1e12;

    /// <summary>Reads a slice's own time, in τ.</summary>
    internal static double ReadLocalTime(this ref MessagePackReader reader)
    {
        double time = reader.ReadDouble();
        return time is >= 0 and <= LatestTime ? time : throw new MessagePackSerializationException($"{time} is not a local time");
    }

    internal static void WritePhase(this ref MessagePackWriter writer, PhaseNumber phase)
    {
        writer.WriteArrayHeader(2);
        writer.Write(phase.Epoch);
        writer.Write(phase.Number);
    }

    internal static PhaseNumber ReadPhase(this ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 2);
        var phase = new PhaseNumber(reader.ReadInt32(), reader.ReadInt64());
        fields.Close(ref reader);
        return phase;
    }

    internal static void WriteTag(this ref MessagePackWriter writer, PhaseTag tag)
    {
        writer.WriteArrayHeader(4);
        writer.Write(tag.Phase.Epoch);
        writer.Write(tag.Phase.Number);
        writer.Write(tag.Stimulus);
        // Always exact: importance is 1/b, and a rounded one would bias what is learned.
        ValueBlock.Write(ref writer, tag.Importance, ValueFormat.Exact);
    }

    internal static PhaseTag ReadTag(this ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 4);
        var phase = new PhaseNumber(reader.ReadInt32(), reader.ReadInt64());
        long stimulus = reader.ReadInt64();
        float[] importance = ValueBlock.Read(ref reader, ValueFormat.Exact);
        fields.Close(ref reader);
        return new(phase, stimulus, importance);
    }

    internal static void WriteValues(this ref MessagePackWriter writer, ReadOnlySpan<float> values, ValueFormat format)
    {
        writer.Write((int)format);
        ValueBlock.Write(ref writer, values, format);
    }

    /// <summary>Reads the two fields of values whose format goes before them.</summary>
    internal static ActivityFrame ReadFrame(this ref MessagePackReader reader)
    {
        var format = (ValueFormat)reader.ReadInt32();
        return ValueBlock.ReadFrame(ref reader, format);
    }
}
