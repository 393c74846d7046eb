namespace Nudge.Populations;

/// <summary>What the receiver of a link counted.</summary>
/// <param name="Delivered">Messages that arrived.</param>
/// <param name="Superseded">Those that no step used, since a newer one had arrived.</param>
/// <param name="Late">Those of a phase that the receiver had already left.</param>
public readonly record struct HeardCounts(long Delivered, long Superseded, long Late);
