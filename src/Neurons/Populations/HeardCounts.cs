namespace Nudge.Populations;

/// <summary>What the receiver of a link counted.</summary>
/// <param name="Delivered">Messages that arrived.</param>
/// <param name="Superseded">Those that no step used, since a newer one had arrived.</param>
/// <param name="Late">Those of a phase that the receiver had already left.</param>
public readonly record struct HeardCounts(long Delivered, long Superseded, long Late)
{
    /// <summary>What was counted after an earlier moment.</summary>
    internal HeardCounts Since(HeardCounts before) =>
        new(Delivered - before.Delivered, Superseded - before.Superseded, Late - before.Late);
}
