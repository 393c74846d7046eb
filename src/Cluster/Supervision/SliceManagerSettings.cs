namespace Nudge.Supervision;

/// <summary>How a manager of slices works.</summary>
/// <param name="Run">The run.</param>
/// <param name="Epoch">The number of the coordinator.</param>
/// <param name="Manager">Path of the manager's actor.</param>
/// <param name="Bytes">For each slice of the run, about how many bytes a copy of it takes.</param>
/// <param name="Links">For each slice of the run, how many links arrive at it.</param>
/// <param name="SaveEvery">How often each slice is saved; null for a node without a store.</param>
/// <param name="AsksForFirstStates">
/// Whether slices that were never saved begin with what the coordinator has, as weights of a file, and not as the seed makes them.
/// </param>
internal sealed record SliceManagerSettings(
    string Run,
    int Epoch,
    string Manager,
    IReadOnlyList<long> Bytes,
    Func<int, long> Links,
    TimeSpan? SaveEvery,
    bool AsksForFirstStates = false);
