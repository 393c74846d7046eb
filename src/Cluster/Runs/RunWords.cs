namespace Nudge.Runs;

/// <summary>News of runs that nodes make.</summary>
public abstract record RunWord;

/// <summary>A run has got further, or has begun again elsewhere.</summary>
/// <param name="Job">Its number in the list of runs.</param>
/// <param name="Shown">Stimuli that it has shown.</param>
public sealed record RunAdvanced(int Job, long Shown) : RunWord;

/// <summary>A run is over; said once of each.</summary>
/// <param name="Job">Its number in the list of runs.</param>
/// <param name="Numbers">What it gave, or null.</param>
/// <param name="Failure">Why it failed, or null.</param>
public sealed record RunOver(int Job, RunNumbers? Numbers, string? Failure) : RunWord;

/// <summary>A node came, was lost, or is of no use.</summary>
/// <param name="Sentence">For people.</param>
public sealed record NodeWord(string Sentence) : RunWord;
