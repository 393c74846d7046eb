using Nudge.Checkpointing;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Randomness;
using Nudge.Signals;

namespace Nudge.VirtualTime;

/// <summary>What a control channel carries.</summary>
internal enum ControlKind
{
    Stimulus,
    Nudge,
    Phase,
}

/// <summary>The way of one kind of control message to one slice, and of its acknowledgements back.</summary>
internal sealed class ControlChannel
{
    private LinkCounts _counts;

    internal ControlChannel(
        ulong seed, int index, ControlKind kind, SlicePlan target, LinkSettings link, bool retries)
    {
        Index = index;
        Kind = kind;
        Target = target;
        // Acknowledgements are worth their events only where something can get lost.
        Retries = retries && (link.Loss.Law != LossLaw.None || link.Partitions.Count > 0);
        Forth = new(link, new RandomKey(seed, RandomPurpose.ControlFate, (ulong)index << 1));
        Back = new(link, new RandomKey(seed, RandomPurpose.ControlFate, ((ulong)index << 1) | 1));
    }

    internal int Index { get; }

    internal ControlKind Kind { get; }

    internal SlicePlan Target { get; }

    internal bool Retries { get; }

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
