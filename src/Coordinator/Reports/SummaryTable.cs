using System.Globalization;
using Nudge.Recording;
using Nudge.Running;
using Spectre.Console;

namespace Nudge.Reports;

/// <summary>The end of a run in words, for people.</summary>
public static class SummaryTable
{
    private const double MostBytesOfSynapses = 100;
    private const int HashShown = 12;

    /// <summary>Prints to standard output, in colour only on a terminal.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="isTerminal">Whether the output is a terminal.</param>
    /// <param name="summary">The run.</param>
    public static void Print(TextWriter output, bool isTerminal, RunSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        IAnsiConsole console = ReportConsole.Create(output, isTerminal);
        var grid = new Grid { Expand = false }
            .AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(2))
            .AddColumn(new GridColumn().PadRight(0));
        foreach ((string name, string text) in Rows(summary))
            grid.AddRow(new Text(name, new Style(Color.Grey)), new Text(text));
        console.WriteLine();
        console.Write(grid);
        console.WriteLine();
    }

    /// <summary>Names and words of all that a summary tells.</summary>
    internal static IEnumerable<(string Name, string Text)> Rows(RunSummary summary)
    {
        yield return (summary.Name, $"{summary.Engine} engine, seed {summary.Seed}");
        if (summary.Data is { } data)
            yield return ("data", Data(data));
        foreach (SettingChange change in summary.Changes)
        {
            yield return (
                "changed",
                $"{change.Path} from {change.Before} to {change.After} after {ProgressText.Count(change.Presentations)} stimuli");
        }

        if (summary.Interventions.Count > 0)
            yield return ("interventions", Interventions(summary.Interventions));
        bool judgedByLikelihood = summary.Metrics.TryGetValue(MetricNames.NegativeLogLikelihood, out double nats);
        if (judgedByLikelihood)
            yield return ("likelihood", Likelihood(summary, nats));
        if (!judgedByLikelihood || summary.Accuracy is not null)
            yield return ("accuracy", Accuracy(summary));
        if (summary.Target is { } target)
            yield return ("target", Target(target));
        if (summary.AccuracySynchronous is double synchronous)
            yield return ("in lockstep", $"{ProgressText.Percent(synchronous)} (same weights, no links or clocks)");
        if (summary.Metrics.TryGetValue(MetricNames.AccuracyPosterior, out double posterior))
            yield return ("by posterior", $"{ProgressText.Percent(posterior)} (exact p(y | x) of the same weights, no chains)");
        foreach (UnitsSummary units in summary.Units.Where(one => one.Saturated > 0 || one.Dead > 0))
        {
            yield return ("units", $"{units.Population}: {ProgressText.Percent(units.Saturated)} saturated, "
                + $"{ProgressText.Percent(units.Dead)} dead");
        }

        yield return ("time", string.Create(
            CultureInfo.InvariantCulture, $"{summary.WallSeconds:0.0} s for {summary.SimulatedTau:N0} τ"));
        yield return ("speed", string.Create(
            CultureInfo.InvariantCulture, $"{ProgressText.Rate(summary.SamplesPerSecond)} stimuli/s, {summary.InstructionSet}"));
        yield return ("messages", Messages(summary.Ledger));
        if (summary.Memory is { } memory)
            yield return ("memory", Memory(memory));
        if (summary.Faults > 0)
            yield return ("faults", $"{ProgressText.Count(summary.Faults)} actors failed and were restarted");
        if (summary.Moves.Count > 0)
        {
            yield return ("moves", string.Create(
                CultureInfo.InvariantCulture,
                $"{summary.Moves.Count} of slices to other nodes, each after {summary.Moves.Max(move => move.Seconds):0.0} s at most"));
        }

        foreach ((string projection, double cosine) in summary.Symmetry)
            yield return ("symmetry", string.Create(CultureInfo.InvariantCulture, $"{cosine:0.000} {projection}"));
        if (summary.EventHash is { } hash)
            yield return ("event hash", hash);
        foreach (RunWarning warning in summary.Warnings)
            yield return ("warning", warning.Text);
        yield return ("files", summary.OutputDirectory);
        if (summary.Interrupted)
            yield return ("interrupted", $"go on with: nudge run --resume {summary.OutputDirectory}");
    }

    private static string Data(DataSummary data)
    {
        string where = data.Path is null ? "" : $" in {data.Path}";
        return $"{ProgressText.Count(data.Train.Examples)} training and {ProgressText.Count(data.Test.Examples)} held-out examples of "
            + $"{data.Set}{where}, {data.Outputs}, SHA-256 {data.Train.Sha256[..HashShown]}… and {data.Test.Sha256[..HashShown]}…";
    }

    private static string Interventions(IReadOnlyList<InterventionSummary> made)
    {
        int undone = made.Count(one => one.Undone);
        string after = made.Count == 1
            ? $"1, after {ProgressText.Count(made[0].Presentations)} stimuli"
            : $"{made.Count}, after {ProgressText.Count(made[0].Presentations)} to {ProgressText.Count(made[^1].Presentations)} stimuli";
        return undone > 0 ? $"{after}; {undone} undone" : after;
    }

    private static string Likelihood(RunSummary summary, double nats)
    {
        string error = summary.Metrics.TryGetValue(MetricNames.LikelihoodError, out double one)
            ? string.Create(CultureInfo.InvariantCulture, $" ± {one:0.0}")
            : "";
        string distance = summary.Metrics.TryGetValue(MetricNames.TotalVariation, out double variation)
            ? string.Create(CultureInfo.InvariantCulture, $", total variation {variation:0.000}")
            : "";
        string which = summary.Metrics.TryGetValue(MetricNames.FreeEnergy, out double energy)
            ? string.Create(CultureInfo.InvariantCulture, $", variational free energy {energy:0.0}")
            : " (the hidden units' weights)";
        return string.Create(CultureInfo.InvariantCulture, $"−log p = {nats:0.0}{error} nats{which}{distance}");
    }

    private static string Accuracy(RunSummary summary)
    {
        string stimuli = $"after {ProgressText.Count(summary.Presentations)} stimuli";
        if (summary.Accuracy is not double accuracy)
            return $"not measured {stimuli}";
        string chance = summary.Baselines.GetValueOrDefault("chance") is double share
            ? $", chance {ProgressText.Percent(share)}"
            : "";
        string none = summary.Evaluations is [.., { } last] && last.Undecided + last.Unanswered > 0
            ? $", undecided {ProgressText.Count(last.Undecided)} and unanswered {ProgressText.Count(last.Unanswered)} "
                + $"of {ProgressText.Count(last.Examples)}"
            : "";
        string error = summary.Evaluations is [.., { MeanSquaredError: double squared }]
            ? string.Create(CultureInfo.InvariantCulture, $" within the tolerance, mean squared error {squared:0.######}")
            : "";
        return $"{ProgressText.Percent(accuracy)} on the held-out set {stimuli}{error}{chance}{none}";
    }

    private static string Target(TargetSummary target) => target is { Presentations: long stimuli, Messages: long messages }
        ? $"{ProgressText.Percent(target.Accuracy)} reached after {ProgressText.Count(stimuli)} stimuli and {ProgressText.Count(messages)} messages"
        : $"{ProgressText.Percent(target.Accuracy)} not reached";

    private static string Memory(MemorySummary memory)
    {
        string peaks = string.Join(" + ", memory.Nodes.Select(node => Megabytes(node.PeakBytes)));
        // In a small network the program itself is nearly all of it, and a share for each synapse would mislead.
        return memory.BytesPerSynapse > MostBytesOfSynapses
            ? $"{peaks} MB at most"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{peaks} MB at most for {memory.Synapses:N0} synapses: {memory.BytesPerSynapse:N1} bytes each");
    }

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("0", CultureInfo.InvariantCulture);

    private static string Messages(LedgerSummary ledger)
    {
        var parts = new List<string> { $"{ProgressText.Count(ledger.Delivered - ledger.Duplicates)} delivered" };
        foreach ((long count, string fate) in new[]
        {
            (ledger.Lost, "lost"),
            (ledger.Cut, "cut"),
            (ledger.RealLost, "really lost"),
            (ledger.Conflated, "conflated"),
            (ledger.InFlight, "in flight"),
            (ledger.Unaccounted, "unaccounted for"),
        })
        {
            if (count > 0)
                parts.Add($"{ProgressText.Count(count)} {fate}");
        }

        return $"{ProgressText.Count(ledger.Sent)} sent = {string.Join(" + ", parts)}";
    }
}
