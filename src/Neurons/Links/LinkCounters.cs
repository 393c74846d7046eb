using Nudge.State;

namespace Nudge.Links;

/// <summary>
/// What one link did with its messages. Only a sending end counts what was sent; what arrived is counted by the receiver
/// on its own (<see cref="ReceiveCounters"/>).
/// </summary>
public record struct LinkCounters : IStateful
{
    /// <summary>Messages that the sender sent; 0 at a receiving end.</summary>
    public long Sent { get; set; }

    /// <summary>Messages that the link lost by its loss law.</summary>
    public long Lost { get; set; }

    /// <summary>Messages that the link lost while it was cut.</summary>
    public long Cut { get; set; }

    /// <summary>Copies that the link made beyond the first.</summary>
    public long Duplicated { get; set; }

    /// <summary>Counts what became of one message.</summary>
    /// <param name="fate">Its fate.</param>
    public void Count(in LinkFate fate)
    {
        if (fate.Lost == LossCause.Loss)
            Lost++;
        else if (fate.Lost == LossCause.Partition)
            Cut++;
        else if (fate.Duplicated)
            Duplicated++;
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Sent = state.Item(1, Sent);
        Lost = state.Item(2, Lost);
        Cut = state.Item(3, Cut);
        Duplicated = state.Item(4, Duplicated);
    }
}
