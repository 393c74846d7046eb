namespace Nudge.Sweeps;

/// <summary>One combination of the values that a sweep varies.</summary>
/// <param name="Number">Its place in the grid, from 0.</param>
/// <param name="Values">A value for each variation, in their order.</param>
public sealed record SweepPoint(int Number, IReadOnlyList<string> Values);
