namespace Nudge.Signals;

/// <summary>What one slice sends another: its present activity, and what it knows of the phase.</summary>
/// <param name="Source">Index of the sending slice in the network.</param>
/// <param name="Incarnation">How often the sender was restored.</param>
/// <param name="Sequence">The sender's own count of sends, from 1.</param>
/// <param name="Tag">The phase that the sender is in.</param>
/// <param name="Below">Oldest phase that the sender has received from the side of the input (theory §3c).</param>
/// <param name="Above">Oldest phase that the sender has received from the side of the output (theory §3c).</param>
/// <param name="Frame">The activity ρ(s).</param>
public readonly record struct ActivitySignal(
    int Source,
    int Incarnation,
    long Sequence,
    PhaseTag Tag,
    PhaseNumber Below,
    PhaseNumber Above,
    ActivityFrame Frame)
{
    /// <summary>Whether this signal was sent after another by the same slice.</summary>
    public bool IsNewerThan(int incarnation, long sequence) =>
        Incarnation != incarnation ? Incarnation > incarnation : Sequence > sequence;
}
