using Nudge.Recording;

namespace Nudge.Reports.Runs;

/// <summary>The figures of a run's page: their places, captions and descriptions; scripts draw them.</summary>
internal static class RunFigureList
{
    private const int LinkHeight = 24;

    internal static void Write(HtmlPage page, RunRecord run)
    {
        (string Id, string Title, string Caption, string Words, bool Shown, int Height)[] all = [.. All(run)];
        page.Heading(2, "How it went");
        if (!all.Any(one => one.Shown))
            page.Paragraph("The run has left no samples to draw.");
        page.Html("<noscript><p class=\"note\">The figures need JavaScript; the tables below do not.</p></noscript><div class=\"figures\">");
        foreach ((string id, string title, string caption, string words, bool shown, int height) in all)
        {
            page.Html($"<figure id=\"figure-{id}\"{(shown ? "" : " hidden")}><h3>{HtmlPage.Encoded(title)}</h3>"
                + $"<div class=\"chart\" id=\"{id}\" data-testid=\"{id}\" role=\"img\" aria-label=\"{HtmlPage.Encoded($"{title}. {words}")}\" style=\"height: {height}px\"></div>"
                + $"<figcaption>{HtmlPage.Encoded(caption)}</figcaption></figure>");
        }

        page.Html("</div>");
    }

    private static IEnumerable<(string Id, string Title, string Caption, string Words, bool Shown, int Height)> All(RunRecord run)
    {
        const int Usual = 260;
        MetricsRow? last = run.Rows.Count > 0 ? run.Rows[^1] : null;
        MetricsRow? evaluated = run.Rows.LastOrDefault(row => row.Accuracy is not null);
        string heldOut = evaluated is null
            ? "No held-out accuracy was measured."
            : $"Held-out accuracy {ProgressText.Percent(evaluated.Accuracy!.Value)} after {ProgressText.Count(evaluated.Presentations)} presentations.";
        bool answers = run.Rows.Any(row => row.Accuracy is not null || !double.IsNaN(row.RunningAccuracy));
        yield return ("curve", "Learning curve",
            run.Interventions.Count > 0 ? "Share of correct answers. Dashed lines are interventions, by their numbers." : "Share of correct answers.",
            $"{heldOut} {run.Interventions.Count} interventions.", answers, 340);
        yield return ("likelihood", "Likelihood", "−log likelihood of the training rows, in nats: less is better.",
            run.Likelihood is [.., var at] ? $"{at.Value:0.0} nats at the end." : "", run.Likelihood.Count > 0, Usual);
        LedgerSummary? ledger = run.Summary?.Ledger;
        yield return ("ledger", "Messages",
            "What became of the messages of each link. Loss by the models, which was injected, is apart from loss by the real network.",
            ledger is null ? "" : $"{ProgressText.Count(ledger.Sent)} sent, {ProgressText.Count(ledger.Lost)} lost and {ProgressText.Count(ledger.Cut)} "
                + $"cut off by the models, {ProgressText.Count(ledger.RealLost)} lost by the network.",
            ledger is { Links.Count: > 0 }, Math.Max(Usual, 70 + (LinkHeight * (ledger?.Links.Count ?? 0))));
        yield return ("staleness", "Staleness", "Age of the activity that updates used, in τ of the receiver's time.",
            run.Summary?.Staleness?.Mean is double mean ? FormattableString.Invariant($"Mean age {mean:0.00} τ.") : "",
            run.Summary?.Staleness is { Histogram.Count: > 0 }, Usual);
        yield return ("norms", "Update norm", "The largest change of a population's weights between two samples, relative to them.",
            last?.UpdateNorm is double norm ? FormattableString.Invariant($"{norm:0.0e0} at the last sample.") : "",
            run.Rows.Any(row => row.UpdateNorm is > 0), Usual);
        yield return ("units", "Units", "Share of hidden units that are at a limit of their activation (saturated), or inactive (dead).",
            $"At the last sample {Percent(last?.Saturated)} saturated and {Percent(last?.Dead)} dead.",
            run.Rows.Any(row => row.Saturated is not null || row.Dead is not null), Usual);
        yield return ("symmetry", "Symmetry", "Cosine of the two weight copies of projections that run in both directions; 1 means that they are equal.",
            last?.Symmetry is double cosine ? FormattableString.Invariant($"{cosine:0.0000} at the last sample.") : "",
            run.Rows.Any(row => row.Symmetry is not null), Usual);
        yield return ("alignment", "Gradient alignment", "Mean updates against the exact gradient: 1 is the same direction (cosine) and the same length (slope).",
            run.Truth is [.., var reading] ? FormattableString.Invariant($"Cosine {reading.Cosine:0.000} and slope {reading.Slope:0.000} at the last reading.") : "",
            run.Truth.Count > 0, Usual);
    }

    private static string Percent(double? share) => share is double known ? ProgressText.Percent(known) : "an unknown share";
}
