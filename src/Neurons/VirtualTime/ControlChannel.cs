using Nudge.Checkpointing;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Signals;

namespace Nudge.VirtualTime;

/// <summary>The way of one kind of control message to one slice, and of its acknowledgements back.</summary>
internal sealed class ControlChannel
{
    private LinkCounts _counts;

    internal ControlChannel(ulong seed, ControlPlan plan)
    {
        Plan = plan;
        Forth = plan.Model(seed, forth: true);
        Back = plan.Model(seed, forth: false);
    }

    internal ControlPlan Plan { get; }

    internal bool Retries => Plan.Retries;

    internal LinkModel Forth { get; }

    internal LinkModel Back { get; }

    internal LinkCounts Counts => _counts;

    internal long Delivered { get; set; }

    internal long Acknowledgements { get; set; }

    /// <summary>The signal whose acknowledgement is awaited.</summary>
    internal ControlSignal? Awaited { get; set; }

    internal long Sent() => _counts.Sent++;

    internal void Count(in LinkFate fate)
    {
        if (fate.Lost == LossCause.Loss)
            _counts.Lost++;
        else if (fate.Lost == LossCause.Partition)
            _counts.Cut++;
        else if (fate.Duplicated)
            _counts.Duplicated++;
    }

    internal void Save(BinaryWriter writer)
    {
        Forth.Save(writer);
        Back.Save(writer);
        _counts.Save(writer);
        writer.Write(Delivered);
        writer.Write(Acknowledgements);
        writer.WriteControl(Awaited);
    }

    internal void Restore(BinaryReader reader, Func<ControlSignal?> readSignal)
    {
        Forth.Restore(reader);
        Back.Restore(reader);
        _counts.Restore(reader);
        Delivered = reader.ReadInt64();
        Acknowledgements = reader.ReadInt64();
        Awaited = readSignal();
    }
}
