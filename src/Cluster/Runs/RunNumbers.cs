namespace Nudge.Runs;

/// <summary>What a run gave that a node made.</summary>
/// <param name="Metrics">Numbers at its end, by name, in the order of the run.</param>
/// <param name="WallSeconds">Wall time on the node.</param>
/// <param name="EventHash">Hash of all events.</param>
public sealed record RunNumbers(
    IReadOnlyList<KeyValuePair<string, double>> Metrics, double WallSeconds, ulong EventHash);
