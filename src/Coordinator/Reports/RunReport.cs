using System.Globalization;
using Nudge.Phases;
using Nudge.Recording;

namespace Nudge.Reports;

/// <summary>The end of a run in words.</summary>
internal static class RunReport
{
    internal static void Print(TextWriter output, RunSummary summary)
    {
        string accuracy = summary.Accuracy is double value ? ProgressLine.Percent(value) : "not measured";
        output.WriteLine();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  {summary.Name}: {accuracy} of {summary.Examples:N0} held-out examples"));
        if (summary.AccuracySynchronous is double synchronous)
            Row(output, "in lockstep", $"{ProgressLine.Percent(synchronous)} with the same weights, without links or clocks");
        Evaluation? last = summary.Evaluations.Count > 0 ? summary.Evaluations[^1] : null;
        if (last is { Unanswered: > 0 })
            Row(output, "unanswered", $"{last.Unanswered} (the output had not heard of the phase when it ended)");
        LedgerSummary ledger = summary.Ledger;
        Row(output, "stimuli", string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Presentations:N0} in {summary.WallSeconds:0.0} s ({summary.PresentationsPerSecond:N0}/s), {summary.SimulatedTau:N0} τ"));
        Row(output, "messages", string.Create(
            CultureInfo.InvariantCulture,
            $"{ledger.Sent:N0} sent = {ledger.Delivered - ledger.Duplicates:N0} delivered + {ledger.Lost:N0} lost + {ledger.InFlight:N0} in flight"));
        if (ledger.Unaccounted != 0)
            Row(output, "unaccounted", ledger.Unaccounted.ToString("N0", CultureInfo.InvariantCulture));
        if (summary.Faults > 0)
            Row(output, "faults", $"{summary.Faults} actors failed and were restarted");
        foreach ((string projection, double cosine) in summary.Symmetry)
            Row(output, "symmetry", string.Create(CultureInfo.InvariantCulture, $"{cosine:0.000} between the two copies of {projection}"));
        Row(output, "seed", summary.EventHash is null ? $"{summary.Seed}" : $"{summary.Seed}, events {summary.EventHash}");
        Row(output, "files", summary.OutputDirectory);
        if (summary.Interrupted)
            Row(output, "interrupted", $"go on with: nudge run --resume {summary.OutputDirectory}");
        output.WriteLine();
    }

    private static void Row(TextWriter output, string name, string text) => output.WriteLine($"    {name,-12} {text}");
}
