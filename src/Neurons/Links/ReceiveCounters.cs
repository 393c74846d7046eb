namespace Nudge.Links;

/// <summary>What the receiver of a link counted, independently of the sender and of the link.</summary>
/// <param name="Delivered">Messages that arrived.</param>
/// <param name="Superseded">Delivered ones that no step used, since a newer one had arrived.</param>
/// <param name="Late">Delivered ones of a phase that the receiver had already left.</param>
public record struct ReceiveCounters(long Delivered, long Superseded, long Late)
{
    /// <summary>Messages that never came, by the gaps in the sender's sequence numbers (<see cref="SequenceGaps"/>).</summary>
    public long Missing { get; set; }

    /// <summary>What was counted after an earlier moment.</summary>
    /// <param name="before">The counts of that moment.</param>
    internal readonly ReceiveCounters Since(in ReceiveCounters before) =>
        new(Delivered - before.Delivered, Superseded - before.Superseded, Late - before.Late)
        {
            Missing = Missing - before.Missing,
        };

    // Gaps belong to one connection and not to the state of the receiver, so they are not written.
    internal readonly void Save(BinaryWriter writer)
    {
        writer.Write(Delivered);
        writer.Write(Superseded);
        writer.Write(Late);
    }

    internal void Restore(BinaryReader reader) =>
        this = new(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
}
