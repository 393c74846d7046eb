using Nudge.Hosting;

namespace Nudge.Commands;

/// <summary>The settings of what a node does for others at most.</summary>
internal sealed class BudgetOptions
{
    private const int Mebi = 1 << 20;
    private const int LeastFrames = 1000;
    private static readonly NodeBudget Defaults = new();

    internal NodeSetting<int> Slices { get; } = Most(
        "max-slices", "Slices that the network of one run may have, on whatever nodes.", Defaults.Slices);

    internal NodeSetting<int> Links { get; } = Most(
        "max-links", "Links that the slices of one run may have, on whatever nodes.", (int)Defaults.Links);

    internal NodeSetting<int> Memory { get; } = NodeOptions.Number(
        "max-memory",
        "MiB of weights and states that this node hosts of all runs together, at most. Default: half of the memory.",
        (int)Math.Min(int.MaxValue, Math.Max(1, Defaults.MemoryBytes / Mebi)),
        1,
        int.MaxValue);

    internal NodeSetting<int> Runs { get; } = Most(
        "max-runs", "Runs of which this node hosts slices at a time.", Defaults.Runs);

    internal NodeSetting<int> Waiting { get; } = Most(
        "max-waiting", "Whole runs of sweeps that wait on this node for others to end.", Defaults.WaitingRuns);

    internal NodeSetting<int> Experiment { get; } = Most(
        "max-experiment", "Bytes that the text of one experiment may have.", Defaults.ExperimentBytes);

    internal NodeSetting<int> Frames { get; } = NodeOptions.Number(
        "max-frames",
        "Messages a second that are read from the data connection of one other node; what comes beyond is read later. "
        + FormattableString.Invariant($"Default: {Defaults.FramesPerSecond}."),
        Defaults.FramesPerSecond,
        LeastFrames,
        int.MaxValue);

    internal IReadOnlyList<NodeSetting> All => [Slices, Links, Memory, Runs, Waiting, Experiment, Frames];

    /// <summary>What was asked for.</summary>
    internal NodeBudget Settings(NodeSources sources) => new()
    {
        Slices = Slices.Of(sources),
        Links = Links.Of(sources),
        MemoryBytes = (long)Memory.Of(sources) * Mebi,
        Runs = Runs.Of(sources),
        WaitingRuns = Waiting.Of(sources),
        ExperimentBytes = Experiment.Of(sources),
        FramesPerSecond = Frames.Of(sources),
    };

    private static NodeSetting<int> Most(string name, string what, int fallback) => NodeOptions.Number(
        name, FormattableString.Invariant($"{what} More is refused before anything is made. Default: {fallback}."), fallback, 1, int.MaxValue);
}
