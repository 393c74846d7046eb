using Nudge.Actors;

namespace Nudge.Hosting;

/// <summary>Within the coordinator's node: stop coordinator and slices, or let them go; answered by the same message.</summary>
internal sealed record FreezeAll(bool Frozen);

/// <summary>Within the coordinator's node: the books of all slices; answered by <see cref="RunBooks"/>.</summary>
/// <param name="Fresh">Whether to ask the slices; else what they last reported.</param>
internal sealed record AskRunBooks(bool Fresh);

/// <summary>The books of a run.</summary>
/// <param name="Present">Present lives.</param>
/// <param name="Ended">Lives that have ended.</param>
internal sealed record RunBooks(IReadOnlyList<SliceBooks> Present, IReadOnlyList<SliceBooks> Ended);

/// <summary>Within the coordinator's node: the run is over, all lives end in order; answered by the same message.</summary>
internal sealed record EndRun;

/// <summary>Within the coordinator's node: who keeps a slice; answered by the actor, or nobody while it is not alive.</summary>
internal sealed record AskKeeper(int Slice);
