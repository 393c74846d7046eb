namespace Nudge.Bench.Comparisons;

/// <summary>The same work done by us and by others.</summary>
/// <param name="Name">What is done.</param>
/// <param name="Ours">Our way.</param>
/// <param name="Others">Any number of other ways; the quickest of them counts.</param>
internal sealed record Contest(string Name, Action Ours, params Action[] Others);
