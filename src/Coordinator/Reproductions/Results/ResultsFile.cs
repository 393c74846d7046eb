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

/// <summary>Writes results.csv again whenever a run ends, so that a kill loses only runs under way.</summary>
internal sealed class ResultsRecorder(RunDirectory directory, IReadOnlyList<PoolJob> jobs, IPoolWatcher next)
    : IPoolWatcher
{
    private readonly JobOutcome[] _outcomes = [.. jobs.Select(job => new JobOutcome(job, null, null))];

    public void Advanced(int job, long presentations) => next.Advanced(job, presentations);

    public void Finished(int job, JobOutcome outcome)
    {
        _outcomes[job] = outcome;
        directory.WriteText(ReproductionFiles.Results, ResultsFile.Text(_outcomes));
        next.Finished(job, outcome);
    }
}
