using System.Globalization;
using System.Text;
using Nudge.Recording;
using Nudge.Running;

namespace Nudge.Reproductions.Results;

/// <summary>results.csv: a row a run, with every metric that any run has.</summary>
internal static class ResultsFile
{
    internal static string Text(IReadOnlyList<JobOutcome> outcomes)
    {
        string[] metrics =
            [.. outcomes.SelectMany(outcome => outcome.Result?.Metrics.Keys ?? []).Distinct(StringComparer.Ordinal)];
        var text = new StringBuilder();
        text.Append(CsvText.Line(["arm", "seed", "status", .. metrics, "wallSeconds", "eventHash", "message"]));
        foreach (JobOutcome outcome in outcomes)
            text.Append(CsvText.Line(Row(outcome, metrics)));
        return text.ToString();
    }

    private static string[] Row(JobOutcome outcome, string[] metrics)
    {
        HeadlessResult? result = outcome.Result;
        return
        [
            outcome.Job.Arm,
            outcome.Job.Seed.ToString(CultureInfo.InvariantCulture),
            outcome.Status,
            .. metrics.Select(name => result is not null && result.Metrics.TryGetValue(name, out double value)
                ? value.ToString(CultureInfo.InvariantCulture)
                : ""),
            result?.WallSeconds.ToString("0.###", CultureInfo.InvariantCulture) ?? "",
            result is null ? "" : $"{result.EventHash:x16}",
            outcome.Failure ?? "",
        ];
    }
}

/// <summary>
/// Writes a run that has ended to the journal, on the disk itself, and results.csv again: a kill loses only runs under way.
/// </summary>
/// <param name="directory">The folder.</param>
/// <param name="journal">The rows so far.</param>
/// <param name="outcomes">An outcome for every run; those that end are put in their places.</param>
/// <param name="open">The places of the runs that are made.</param>
/// <param name="next">Is told too.</param>
internal sealed class ResultsRecorder(
    RunDirectory directory, RowFile journal, JobOutcome[] outcomes, IReadOnlyList<int> open, IPoolWatcher next) : IPoolWatcher
{
    public void Advanced(int job, long presentations) => next.Advanced(job, presentations);

    public void Finished(int job, JobOutcome outcome)
    {
        outcomes[open[job]] = outcome;
        journal.Add(ReproductionRow.Of(outcome).ToLine());
        journal.FlushToDisk();
        directory.WriteText(ReproductionFiles.Results, ResultsFile.Text(outcomes));
        next.Finished(job, outcome);
    }
}
