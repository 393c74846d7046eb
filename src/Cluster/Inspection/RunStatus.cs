namespace Nudge.Inspection;

/// <summary>A run and those of its slices that are hosted.</summary>
/// <param name="Run">Names the run.</param>
/// <param name="Coordinator">The node that conducts it.</param>
/// <param name="Slices">The slices, by index.</param>
public sealed record RunStatus(string Run, string Coordinator, IReadOnlyList<SliceStatus> Slices);
