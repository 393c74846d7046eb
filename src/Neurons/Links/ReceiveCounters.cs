using Nudge.State;

namespace Nudge.Links;

/// <summary>What the receiver of a link counted, independently of the sender and of the link.</summary>
/// <param name="Delivered">Messages that arrived.</param>
/// <param name="Superseded">Delivered ones that no step used, since a newer one had arrived.</param>
/// <param name="Late">Delivered ones of a phase that the receiver had already left.</param>
public record struct ReceiveCounters(long Delivered, long Superseded, long Late) : IStateful
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

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Delivered = state.Item(1, Delivered);
        Superseded = state.Item(2, Superseded);
        Late = state.Item(3, Late);
        // Gaps belong to one connection and not to the state of the receiver.
        Missing = state.IsRestoring ? 0 : Missing;
    }
}
