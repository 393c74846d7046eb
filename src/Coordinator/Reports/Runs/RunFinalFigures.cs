using System.Globalization;
using Nudge.Measurements;
using Nudge.Recording;

namespace Nudge.Reports.Runs;

/// <summary>The figures that a run is judged by: large ones first, then the others in words.</summary>
internal static class RunFinalFigures
{
    private static readonly string[] Elsewhere =
        ["accuracy", "time", "speed", "data", "changed", "interventions", "warning", "files", "interrupted", "event hash", "symmetry", "units", "moves"];

    internal static void Write(HtmlPage page, RunRecord run)
    {
        page.Heading(2, run.Summary is { Interrupted: false } ? "Final figures" : "Figures so far");
        page.Html("<dl class=\"tiles\">");
        foreach ((string name, string value, string detail) in Tiles(run))
        {
            page.Html($"<div><dt>{HtmlPage.Encoded(name)}</dt><dd>{HtmlPage.Encoded(value)}</dd>"
                + $"<dd class=\"detail\">{HtmlPage.Encoded(detail)}</dd></div>");
        }

        page.Html("</dl>");
        if (run.Summary is { } summary)
        {
            page.Table(["", ""], SummaryTable.Rows(summary).Skip(1).Where(row => !Elsewhere.Contains(row.Name))
                .Select(row => (IReadOnlyList<string>)[row.Name, row.Text]));
        }
    }

    private static IEnumerable<(string Name, string Value, string Detail)> Tiles(RunRecord run)
    {
        MetricsRow? last = run.Rows.Count > 0 ? run.Rows[^1] : null;
        if (run.Summary is { Evaluations: [.., var made] })
            yield return Accuracy(made.Accuracy, made.Presentations, run.Summary.Baselines.GetValueOrDefault("chance"));
        else if (run.Rows.LastOrDefault(row => row.Accuracy is not null) is { } evaluated)
            yield return Accuracy(evaluated.Accuracy!.Value, evaluated.Presentations, null);
        if (run.Summary is { Evaluations: [.., var asked] })
        {
            yield return ("Undecided", ProgressText.Count(asked.Undecided + asked.Unanswered),
                $"of {ProgressText.Count(asked.Examples)} answers: {ProgressText.Count(asked.Undecided)} named no class, "
                + $"{ProgressText.Count(asked.Unanswered)} came too late; counted as wrong");
        }

        if (run.Likelihood is [.., var reading])
        {
            yield return ("−log likelihood", string.Create(CultureInfo.InvariantCulture, $"{reading.Value:0.0} nats"),
                $"after {ProgressText.Count(reading.Presentations)} presentations");
        }

        if (last is not null && !double.IsNaN(last.RunningAccuracy))
            yield return ("Training accuracy", ProgressText.Percent(last.RunningAccuracy), "of late, at the last sample");
        double? wall = run.Summary?.WallSeconds ?? last?.WallSeconds;
        double? tau = run.Summary?.SimulatedTau ?? last?.SimulatedTau;
        if (wall is double seconds)
        {
            string time = seconds < 100
                ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s")
                : DurationText.Of(TimeSpan.FromSeconds(seconds));
            yield return ("Time", time,
                string.Create(CultureInfo.InvariantCulture, $"for {tau:N0} τ of the network"));
        }

        if (run.Summary is { } summary)
        {
            yield return ("Speed", $"{ProgressText.Rate(summary.SamplesPerSecond)}/s", "presentations, evaluations included");
            LedgerSummary ledger = summary.Ledger;
            yield return ("Messages lost", Share(ledger.Lost + ledger.Cut, ledger.Sent), $"injected; real {Share(ledger.RealLost, ledger.Sent)}");
        }
    }

    private static (string Name, string Value, string Detail) Accuracy(double share, long presentations, double? chance) => (
        "Held-out accuracy",
        ProgressText.Percent(share),
        $"after {ProgressText.Count(presentations)} presentations{(chance is double level ? $"; chance {ProgressText.Percent(level)}" : "")}");

    private static string Share(long part, long all) => ProgressText.Percent(all == 0 ? 0 : (double)part / all);
}
