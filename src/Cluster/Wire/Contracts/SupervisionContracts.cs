using MessagePack;
using Nudge.Messages;

namespace Nudge.Wire;

/// <summary>0 run, 1 token, 2 token before.</summary>
internal sealed class AllotEpochContract() : Contract<AllotEpoch>("Ha")
{
    protected override void Write(ref MessagePackWriter writer, AllotEpoch message, ValueFormat format)
    {
        writer.WriteArrayHeader(3);
        writer.Write(message.Run);
        writer.Write(message.Token);
        writer.Write(message.Before);
    }

    protected override AllotEpoch ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 3);
        var message = new AllotEpoch(reader.ReadText(), reader.ReadInt64(), reader.ReadInt64());
        fields.Close(ref reader);
        return message;
    }
}

/// <summary>0 run, 1 epoch.</summary>
internal sealed class EpochAllottedContract() : Contract<EpochAllotted>("He")
{
    protected override void Write(ref MessagePackWriter writer, EpochAllotted message, ValueFormat format)
    {
        writer.WriteArrayHeader(2);
        writer.Write(message.Run);
        writer.Write(message.Epoch);
    }

    protected override EpochAllotted ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 2);
        var message = new EpochAllotted(reader.ReadText(), reader.ReadInt32());
        fields.Close(ref reader);
        return message;
    }
}

/// <summary>
/// 0 run, 1 epoch, 2 number, 3 supervisor, 4 slices, 5 their attempts, 6 experiment, 7 classes, 8 whether begun, 9 whether frozen,
/// 10 round of freezing, 11 round of counters, 12 unreachable slices, 13 whether to hand over, 14 token, 15 process.
/// </summary>
internal sealed class HostingOrdersContract() : Contract<HostingOrders>("Ho")
{
    protected override void Write(ref MessagePackWriter writer, HostingOrders message, ValueFormat format)
    {
        writer.WriteArrayHeader(16);
        writer.Write(message.Run);
        writer.Write(message.Epoch);
        writer.Write(message.Number);
        writer.Write(message.RunSupervisor);
        writer.WriteIndices([.. message.Slices.Select(one => one.Slice)]);
        writer.WriteIndices([.. message.Slices.Select(one => one.Attempt)]);
        writer.Write(message.Experiment);
        writer.Write(message.Classes);
        writer.Write(message.Begun);
        writer.Write(message.Frozen);
        writer.Write(message.FreezeRound);
        writer.Write(message.CountersRound);
        writer.WriteIndices(message.Unreachable);
        writer.Write(message.HandOver);
        writer.Write(message.Token);
        writer.Write(message.Process);
    }

    protected override HostingOrders ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 16);
        string run = reader.ReadText();
        int epoch = reader.ReadInt32();
        long number = reader.ReadInt64();
        string supervisor = reader.ReadText();
        int[] slices = reader.ReadIndices();
        int[] attempts = reader.ReadIndices();
        if (attempts.Length != slices.Length || slices.Distinct().Count() != slices.Length)
            throw new MessagePackSerializationException("orders that name a slice twice, or without its attempt");
        var message = new HostingOrders(run, epoch, number, supervisor, [.. slices.Zip(attempts, (slice, attempt) => new Assignment(slice, attempt))])
        {
            Experiment = reader.ReadText(),
            Classes = reader.ReadInt32(),
            Begun = reader.ReadBoolean(),
            Frozen = reader.ReadBoolean(),
            FreezeRound = reader.ReadInt64(),
            CountersRound = reader.ReadInt64(),
            Unreachable = reader.ReadIndices(),
            HandOver = reader.ReadBoolean(),
            Token = reader.ReadInt64(),
            Process = reader.ReadInt32(),
        };
        fields.Close(ref reader);
        return message;
    }
}

/// <summary>
/// 0 run, 1 epoch, 2 number, 3 manager, 4 directory, 5 whether leaving, 6 slices, each: 0 slice, 1 attempt, 2 state (0 opening, 1 up,
/// 2 ending, 3 gone), 3 incarnation, 4 generation, 5 round of freezing, 6 faults, 7 reason, 8 whether fatal.
/// </summary>
internal sealed class HostingReportContract() : Contract<HostingReport>("Hr")
{
    protected override void Write(ref MessagePackWriter writer, HostingReport message, ValueFormat format)
    {
        writer.WriteArrayHeader(7);
        writer.Write(message.Run);
        writer.Write(message.Epoch);
        writer.Write(message.Number);
        writer.Write(message.Manager);
        writer.Write(message.DirectoryVersion);
        writer.Write(message.Leaving);
        writer.WriteArrayHeader(message.Slices.Count);
        foreach (HostedReport slice in message.Slices)
        {
            writer.WriteArrayHeader(9);
            writer.Write(slice.Slice);
            writer.Write(slice.Attempt);
            writer.Write((int)slice.State);
            writer.Write(slice.Incarnation);
            writer.Write(slice.Generation);
            writer.Write(slice.FreezeRound);
            writer.Write(slice.Faults);
            writer.Write(slice.Reason);
            writer.Write(slice.Fatal);
        }
    }

    protected override HostingReport ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 7);
        string run = reader.ReadText();
        int epoch = reader.ReadInt32();
        long number = reader.ReadInt64();
        string manager = reader.ReadText();
        long directory = reader.ReadInt64();
        bool leaving = reader.ReadBoolean();
        int count = Fields.ListLength(ref reader);
        var slices = new List<HostedReport>();
        for (int i = 0; i < count; i++)
            slices.Add(ReadSlice(ref reader));
        fields.Close(ref reader);
        return new(run, epoch, number, manager, directory, leaving, slices);
    }

    private static HostedReport ReadSlice(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 9);
        int slice = reader.ReadInt32();
        int attempt = reader.ReadInt32();
        var state = (HostedState)reader.ReadInt32();
        if (!Enum.IsDefined(state))
            throw new MessagePackSerializationException($"a slice in an unknown state {state}");
        var report = new HostedReport(slice, attempt, state)
        {
            Incarnation = reader.ReadInt32(),
            Generation = reader.ReadInt64(),
            FreezeRound = reader.ReadInt64(),
            Faults = reader.ReadInt32(),
            Reason = reader.ReadText(),
            Fatal = reader.ReadBoolean(),
        };
        fields.Close(ref reader);
        return report;
    }
}

/// <summary>0 run, 1 epoch, 2 newer epoch, 3 reason.</summary>
internal sealed class OrdersRefusedContract() : Contract<OrdersRefused>("Hn")
{
    protected override void Write(ref MessagePackWriter writer, OrdersRefused message, ValueFormat format)
    {
        writer.WriteArrayHeader(4);
        writer.Write(message.Run);
        writer.Write(message.Epoch);
        writer.Write(message.Newer);
        writer.Write(message.Reason);
    }

    protected override OrdersRefused ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 4);
        var message = new OrdersRefused(reader.ReadText(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadText());
        fields.Close(ref reader);
        return message;
    }
}

/// <summary>0 run, 1 epoch, 2 version, 3 managers, 4 for each slice the number of its manager, 5 and its attempt, 6 coordinator.</summary>
internal sealed class SliceDirectoryContract() : Contract<SliceDirectory>("Hd")
{
    protected override void Write(ref MessagePackWriter writer, SliceDirectory message, ValueFormat format)
    {
        writer.WriteArrayHeader(7);
        writer.Write(message.Run);
        writer.Write(message.Epoch);
        writer.Write(message.Version);
        writer.WriteTexts(message.Managers);
        writer.WriteIndices([.. message.Places.Select(place => place.Manager)]);
        writer.WriteIndices([.. message.Places.Select(place => place.Attempt)]);
        writer.Write(message.Coordinator);
    }

    protected override SliceDirectory ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 7);
        string run = reader.ReadText();
        int epoch = reader.ReadInt32();
        long version = reader.ReadInt64();
        string[] managers = reader.ReadTexts();
        int[] of = reader.ReadIndices();
        int[] attempts = reader.ReadIndices();
        if (of.Length != attempts.Length || of.Any(manager => manager >= managers.Length))
            throw new MessagePackSerializationException("a directory with a slice whose place is unknown");
        var message = new SliceDirectory(run, epoch, version, managers, [.. of.Zip(attempts)], reader.ReadText());
        fields.Close(ref reader);
        return message;
    }
}

/// <summary>0 run, 1 epoch, 2 attempt, 3 round, 4 whether ended, 5 counters, as <see cref="CountersFields"/> has them.</summary>
internal sealed class SliceCountedContract() : Contract<SliceCounted>("Hk")
{
    protected override void Write(ref MessagePackWriter writer, SliceCounted message, ValueFormat format)
    {
        writer.WriteArrayHeader(6);
        writer.Write(message.Run);
        writer.Write(message.Epoch);
        writer.Write(message.Attempt);
        writer.Write(message.Round);
        writer.Write(message.Ended);
        CountersFields.WriteCounters(ref writer, message.Counters);
    }

    protected override SliceCounted ReadMessage(ref MessagePackReader reader)
    {
        Fields fields = Fields.Open(ref reader, 6);
        var message = new SliceCounted(
            reader.ReadText(),
            reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadInt64(),
            reader.ReadBoolean(),
            CountersFields.ReadCounters(ref reader));
        fields.Close(ref reader);
        return message;
    }
}
