using Nudge.Networks;

namespace Nudge.Hosting;

/// <summary>What a node does for others at most. What would need more is refused before any of it is made.</summary>
public sealed record NodeBudget
{
    /// <summary>The options of <c>nudge node</c> that set it, without dashes.</summary>
    public static IReadOnlyList<string> Options { get; } =
        ["max-slices", "max-links", "max-memory", "max-runs", "max-waiting", "max-experiment", "max-frames"];

    /// <summary>Bytes of the text of one experiment.</summary>
    public int ExperimentBytes { get; init; } = 1 << 20;

    /// <summary>Slices of the network of one run, on whatever nodes.</summary>
    public int Slices { get; init; } = 10_000;

    /// <summary>Links between the slices of one run, on whatever nodes.</summary>
    public long Links { get; init; } = 10_000_000;

    /// <summary>
    /// Bytes of weights and states that the node hosts of all runs together; by default half of what the machine, or the container,
    /// has.
    /// </summary>
    public long MemoryBytes { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    /// <summary>Runs of which the node hosts slices at a time.</summary>
    public int Runs { get; init; } = 16;

    /// <summary>Whole runs that wait on the node for others to end.</summary>
    public int WaitingRuns { get; init; } = 4096;

    /// <summary>
    /// Messages a second that are read from the data connection of one other node. What comes beyond is read later, which in the end makes its
    /// sender wait; nothing of it is lost.
    /// </summary>
    public int FramesPerSecond { get; init; } = 1_000_000;

    /// <summary>Refuses a text before it is read.</summary>
    /// <exception cref="BudgetException">It is too long.</exception>
    public void ThrowIfTooLong(string experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        // No text has fewer bytes than characters: a long one is not even counted.
        long bytes = experiment.Length > ExperimentBytes
            ? experiment.Length
            : System.Text.Encoding.UTF8.GetByteCount(experiment);
        ThrowIfMore("max-experiment", "bytes of an experiment", bytes, ExperimentBytes);
    }

    /// <summary>Refuses a network before it is compiled.</summary>
    /// <exception cref="BudgetException">It is too large.</exception>
    public void ThrowIfTooLarge(NetworkSettings settings)
    {
        var size = NetworkSize.Of(settings);
        ThrowIfMore("max-slices", "slices of a run", size.Slices, Slices);
        ThrowIfMore("max-links", "links of a run", size.Links, Links);
    }

    /// <summary>Refuses what is more than allowed.</summary>
    /// <exception cref="BudgetException">It is.</exception>
    internal static void ThrowIfMore(string option, string what, long asked, long most)
    {
        if (asked > most)
            throw new BudgetException(option, what, asked, most);
    }
}
