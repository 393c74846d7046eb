namespace Nudge.Recording;

/// <summary>Something that a rule carries from one phase into the next.</summary>
/// <param name="Path">Where the rule keeps it.</param>
/// <param name="Exception">The exception to locality in time that it falls under; null if none is declared.</param>
/// <param name="Bytes">Its bytes, in all slices together.</param>
public sealed record CarriedSummary(string Path, string? Exception, long Bytes);
