using System.Globalization;
using Nudge.Experiments;
using Nudge.Measurements;
using Nudge.Recording;

namespace Nudge.Reports.Runs;

/// <summary>Writes the page that shows one run: all of it from the files of the run, and all of it within the page.</summary>
internal sealed class RunReport
{
    private readonly RunRecord _run;
    private readonly HtmlPage _page;

    private RunReport(RunRecord run)
    {
        _run = run;
        _page = new($"{Name}, seed {Seed}", RunReportLook.Of(RunCharts.Json(run)));
    }

    private string Name => _run.Summary?.Name ?? _run.Settings?.Name ?? Path.GetFileName(_run.Folder);

    private string Seed => (_run.Summary?.Seed ?? _run.Settings?.Seed)?.ToString(CultureInfo.InvariantCulture) ?? "unknown";

    /// <summary>The page.</summary>
    internal static string Write(RunRecord run)
    {
        var report = new RunReport(run);
        report.WriteSections();
        return report._page.ToText();
    }

    private void WriteSections()
    {
        _page.Html("<header><button id=\"theme\" type=\"button\">◐</button>");
        _page.Heading(1, $"{Name}, seed {Seed}");
        _page.Paragraph(State(), "state");
        _page.Html("</header>");
        if (_run.Notes.Count > 0)
        {
            _page.Html("<div class=\"notes\" role=\"note\">");
            _page.Paragraph("This report is not complete:");
            _page.Points(_run.Notes);
            _page.Html("</div>");
        }

        RunFinalFigures.Write(_page, _run);
        if (_run.Summary is { Warnings.Count: > 0 } warned)
        {
            _page.Heading(2, "Warnings");
            _page.Points(warned.Warnings.Select(one => one.Text));
        }

        RunFigureList.Write(_page, _run);
        WriteInterventions();
        WriteLedger();
        WritePopulations();
        WriteSettings();
        WriteData();
        WriteProgram();
        WriteAgain();
    }

    private string State()
    {
        long shown = Math.Max(_run.Summary?.Presentations ?? 0, _run.Rows.Count > 0 ? _run.Rows[^1].Presentations : 0);
        string total = _run.Settings is { } settings ? $" of {ProgressText.Count(settings.Run.Presentations)}" : "";
        string so = $"{ProgressText.Count(shown)}{total} presentations";
        if (_run.GoesOn)
            return $"The run goes on: this is what it had written after {so}.";
        if (_run.Summary is null)
        {
            return $"The run has left no {RunFiles.Summary}: it failed, or was killed, after {so} or later. "
                + "What its other files hold follows; final figures and the ledger are not known.";
        }

        return _run.Summary.Interrupted
            ? $"The run was stopped after {so}; nudge run --resume goes on with it."
            : $"Finished after {so}.";
    }

    private void WriteInterventions()
    {
        if (_run.Interventions.Count == 0 && _run.Summary is not { Changes.Count: > 0 })
            return;
        _page.Heading(2, "Interventions");
        _page.Paragraph("What was changed while it ran. The learning curve has their numbers.");
        if (_run.Interventions.Count > 0)
        {
            _page.Table(
                ["no.#", "what", "kind", "name", "after presentations#", "phase#", "τ#", "undone"],
                _run.Interventions.Select(one => (IReadOnlyList<string>)
                [
                    $"{one.Number}", one.Text, one.Kind, one.Name, ProgressText.Count(one.Presentations), ProgressText.Count(one.Phase),
                    one.Tau.ToString("N0", CultureInfo.InvariantCulture), one.Undone ? "yes" : "",
                ]));
        }

        if (_run.Summary is { Changes.Count: > 0 } changed)
        {
            _page.Paragraph("Settings that were changed when the run went on:");
            _page.Table(["setting", "before", "after", "after presentations#"], changed.Changes.Select(one => (IReadOnlyList<string>)
                [one.Path, one.Before, one.After, ProgressText.Count(one.Presentations)]));
        }
    }

    private void WriteLedger()
    {
        if (_run.Summary is not { } summary)
            return;
        _page.Heading(2, "Ledger");
        _page.Paragraph("What became of all messages. Injected loss is that of the link models, wanted by the experiment; real loss is "
            + "that of the network between nodes, and 0 within one process.");
        _page.Table(
            [
                "link", "sent#", "delivered#", "injected: lost#", "injected: cut off#", "real: lost#", "duplicates#", "conflated#", "in flight#", "unaccounted#",
            ],
            [
                .. summary.Ledger.Links.Select(one => (IReadOnlyList<string>)
                    [one.Link, .. Counts(one.Sent, one.Delivered, one.Lost, one.Cut, one.RealLost, one.Duplicates, one.Conflated, one.InFlight, one.Unaccounted)]),
                [
                    "all", .. Counts(
                        summary.Ledger.Sent, summary.Ledger.Delivered, summary.Ledger.Lost, summary.Ledger.Cut, summary.Ledger.RealLost,
                        summary.Ledger.Duplicates, summary.Ledger.Conflated, summary.Ledger.InFlight, summary.Ledger.Unaccounted),
                ],
            ]);
        if (summary.Moves.Count == 0)
            return;
        _page.Heading(3, "Slices that moved to other nodes");
        _page.Points(summary.Moves.Select(move => $"{move.Slice}: from {move.From} to {move.To}, away for {DurationText.Of(TimeSpan.FromSeconds(move.Seconds))}"));
    }

    private void WritePopulations()
    {
        if (_run.Summary is not { } summary || (summary.Units.Count == 0 && summary.Symmetry.Count == 0))
            return;
        _page.Heading(2, "Units and weights at the end");
        if (summary.Units.Count > 0)
        {
            _page.Table(
                ["population", "saturated#", "dead#", "update norm#"],
                summary.Units.Select(one => (IReadOnlyList<string>)
                [
                    one.Population, ProgressText.Percent(one.Saturated), ProgressText.Percent(one.Dead),
                    one.UpdateNorm?.ToString("0.###e0", CultureInfo.InvariantCulture) ?? "–",
                ]));
        }

        if (summary.Symmetry.Count > 0)
        {
            _page.Table(["projection", "symmetry of its two weight copies#"], summary.Symmetry.Select(one => (IReadOnlyList<string>)
                [one.Key, one.Value.ToString("0.0000", CultureInfo.InvariantCulture)]));
        }
    }

    private void WriteSettings()
    {
        if (_run.Settings is null)
            return;
        _page.Heading(2, "Settings that differ from defaults");
        _page.Table(["setting", "value", "default"], SettingsDefaults.DifferencesOf(_run.Settings with { Interventions = new Dictionary<string, Interventions.InterventionSettings>() })
            .Where(one => one.Path is not ("format" or "name" or "seed"))
            .Select(one => (IReadOnlyList<string>)[one.Path, one.Value, one.Default.Length == 0 ? "–" : one.Default]));
    }

    private void WriteData()
    {
        if (_run.Summary?.Data is not { } data)
            return;
        _page.Heading(2, "Data");
        _page.Table(["part", "examples#", "SHA-256"],
        [
            ["training", ProgressText.Count(data.Train.Examples), Hash(data.Train)],
            ["held-out", ProgressText.Count(data.Test.Examples), Hash(data.Test)],
        ]);
        _page.Paragraph($"Data set {data.Set}{(data.Path is null ? ", made by the program" : $" in {data.Path}")}: "
            + $"{data.Inputs} values an example, {data.Outputs}.");

        static string Hash(DataPartSummary part) =>
            part.Hashed < part.Examples ? $"{part.Sha256} (of the first {ProgressText.Count(part.Hashed)})" : part.Sha256;
    }

    private void WriteProgram()
    {
        if (_run.Summary is not { } summary)
            return;
        _page.Heading(2, "Program");
        _page.Table(["", ""],
        [
            ["version", $"Nudge {summary.Version}"],
            ["commit", summary.Commit ?? "not recorded"],
            ["engine", summary.Engine],
            ["runtime", $".NET {summary.Dotnet}, {summary.InstructionSet}"],
            ["event hash", summary.EventHash ?? "none off virtual time"],
            ["SHA-256 of the weights", summary.WeightsHash ?? "none"],
            ["run directory", summary.OutputDirectory],
            .. summary.ResumedFrom is long from ? [["went on", $"from the checkpoint after {ProgressText.Count(from)} presentations"]] : Array.Empty<string[]>(),
        ]);
    }

    private void WriteAgain()
    {
        _page.Heading(2, "Running it again");
        if (_run.Again is null)
        {
            _page.Paragraph("The experiment cannot be read from the run directory.");
            return;
        }

        string engine = _run.Summary?.Engine is { } name and not "virtual" ? $" --engine {name}" : "";
        _page.Code(_run.Interventions.Count > 0
            ? $"nudge run --replay {ShellText.Quoted(_run.Folder)}{engine}"
            : $"nudge run {ShellText.Quoted(Path.Combine(_run.Folder, RunFiles.Experiment))}{engine}");
        _page.Paragraph(
            (engine.Length == 0 ? "In virtual time it gives the same bits. " : "On this engine each run is different. ")
            + "Without the run directory: save the experiment below as a file, and give it to nudge run."
            + (_run.Summary is { Changes.Count: > 0 } ? " Settings were changed when this run went on; the experiment has the last ones." : ""));
        _page.Html("<details><summary>The experiment, with every default"
            + $"{(_run.Interventions.Count > 0 ? " and all interventions" : "")}</summary>");
        _page.Code(SettingsWriter.ToYaml(_run.Again, explained: false));
        _page.Html("</details>");
    }

    private static IEnumerable<string> Counts(params long[] counts) => counts.Select(ProgressText.Count);
}
