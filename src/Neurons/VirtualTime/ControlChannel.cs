using Nudge.Checkpointing;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Signals;

namespace Nudge.VirtualTime;

/// <summary>The way of one kind of control message to one slice, and of its acknowledgements back.</summary>
internal sealed class ControlChannel
{
    private ReceiveCounters _received;

    internal ControlChannel(ulong seed, ControlPlan plan)
    {
        Plan = plan;
        Forth = plan.CreateEnd(seed);
        Back = plan.CreateAcknowledgementEnd(seed);
    }

    internal ControlPlan Plan { get; }

    internal bool Retries => Plan.Retries;

    internal LinkEnd Forth { get; }

    internal LinkEnd Back { get; }

    /// <summary>What the receiving slice counted.</summary>
    internal ReceiveCounters Received => _received;

    /// <summary>The signal whose acknowledgement is awaited.</summary>
    internal ControlSignal? Awaited { get; set; }

    internal void CountDelivered() => _received.Delivered++;

    internal void Save(BinaryWriter writer)
    {
        Forth.Save(writer);
        Back.Save(writer);
        _received.Save(writer);
        writer.WriteControl(Awaited);
    }

    internal void Restore(BinaryReader reader, Func<ControlSignal?> readSignal)
    {
        Forth.Restore(reader);
        Back.Restore(reader);
        _received.Restore(reader);
        Awaited = readSignal();
    }
}
