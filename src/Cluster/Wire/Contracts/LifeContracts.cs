using MessagePack;
using Nudge.Actors;
using Nudge.Messages;

namespace Nudge.Wire;

/// <summary>0 slice, 1 incarnation, 2 generation, 3 path, 4 manager.</summary>
internal sealed class UpContract() : Contract<SliceUp>("Nu")
{
    protected override void Write(ref MessagePackWriter writer, SliceUp message, ValueFormat format)
    {
        writer.WriteArrayHeader(5);
        writer.Write(message.Slice);
        writer.Write(message.Incarnation);
        writer.Write(message.Generation);
        writer.Write(message.Path);
        writer.Write(message.SliceManager);
    }

    protected override SliceUp ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 5);
        var message = new SliceUp(
            reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt64(), reader.ReadText(), reader.ReadText());
        fields.Close(ref reader);
        return message;
    }
}

/// <summary>0 slice, 1 incarnation, 2 reason.</summary>
internal sealed class GoneContract() : Contract<SliceGone>("Ng")
{
    protected override void Write(ref MessagePackWriter writer, SliceGone message, ValueFormat format)
    {
        writer.WriteArrayHeader(3);
        writer.Write(message.Slice);
        writer.Write(message.Incarnation);
        writer.Write(message.Reason);
    }

    protected override SliceGone ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 3);
        var message = new SliceGone(reader.ReadInt32(), reader.ReadInt32(), reader.ReadText());
        fields.Close(ref reader);
        return message;
    }
}

/// <summary>0 slices.</summary>
internal sealed class SilentContract() : Contract<UnreachableSlices>("Nq")
{
    protected override void Write(ref MessagePackWriter writer, UnreachableSlices message, ValueFormat format)
    {
        writer.WriteArrayHeader(1);
        writer.WriteIndices(message.Slices);
    }

    protected override UnreachableSlices ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 1);
        var message = new UnreachableSlices(reader.ReadIndices());
        fields.Close(ref reader);
        return message;
    }
}

/// <summary>0 counters, as <see cref="CountersContract"/> has them.</summary>
internal sealed class HandedOverContract() : Contract<HandedOver>("Nw")
{
    protected override void Write(ref MessagePackWriter writer, HandedOver message, ValueFormat format)
    {
        writer.WriteArrayHeader(1);
        CountersContract.WriteCounters(ref writer, message.Counters);
    }

    protected override HandedOver ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 1);
        var message = new HandedOver(CountersContract.ReadCounters(ref reader));
        fields.Close(ref reader);
        return message;
    }
}
