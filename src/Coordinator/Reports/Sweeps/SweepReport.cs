using Nudge.Measurements;
using Nudge.Sweeps;
using Nudge.Sweeps.Analysis;

namespace Nudge.Reports.Sweeps;

/// <summary>Draws the figures of a sweep and writes the page that shows it.</summary>
internal sealed class SweepReport
{
    private const int MostPoints = 400;
    private const int MostFailures = 20;

    private readonly SweepDirectory _sweep;
    private readonly TunedSweep? _tuned;
    private readonly SweepData _data;
    private readonly SweepFigures _figures;
    private readonly HtmlPage _html;
    private readonly MarkdownPage _markdown = new();
    private readonly BothPages _page;

    private SweepReport(SweepDirectory sweep, Measure measure)
    {
        _sweep = sweep;
        _tuned = TunedSweep.Of(sweep.Plan.Grid, sweep.Rows, measure);
        _data = new(_tuned?.Grid ?? sweep.Plan.Grid, _tuned?.Rows ?? sweep.Rows, measure);
        IEnumerable<string> settings = _data.Grid.Variations.Select(one => _data.Grid.Names.Of(one.Path));
        string title = $"{sweep.Plan.Name}: {string.Join(" × ", settings)}";
        _figures = new(sweep.Directory, _data, sweep.Plan.Name);
        _html = new(title);
        _page = new BothPages(_html, _markdown);
        _page.Heading(1, title);
    }

    /// <summary>Writes the page and its figures into the sweep's folder.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="measure">What runs are judged by; null for the measure of the sweep.</param>
    /// <returns>The figures, in the order of the page.</returns>
    internal static IReadOnlyList<SweepFigure> Write(SweepDirectory sweep, Measure? measure = null)
    {
        var report = new SweepReport(sweep, measure ?? sweep.Measure);
        report.WriteSections();
        sweep.Directory.WriteText(SweepFiles.Report, report._html.ToText());
        sweep.Directory.WriteText(SweepFiles.Summary, report._markdown.ToText());
        return report._figures.Drawn;
    }

    private void WriteSections()
    {
        bool byAccuracy = _data.Measure.Metric == Measure.Accuracy.Metric;
        CurveFamily[] families = [.. _data.Numeric
            .Where(axis => _data.Grid.Variations[axis].Values.Count > 1).SelectMany(axis => CurveFamily.All(_data, axis))];
        IReadOnlyList<Comparison> comparisons = Comparison.All(_data);
        WriteOpening();
        WriteAnswers(families, comparisons, byAccuracy);
        foreach (CurveFamily family in families)
            WriteCurves(family, byAccuracy);
        if (families.Length == 0)
            WriteWords();
        WriteHeatMaps();
        if (comparisons.Count > 0)
        {
            _page.Heading(2, "Differences between words");
            _page.Paragraph("Welch's test of the means over seeds. A difference counts where its p-value, adjusted by Holm for all "
                + "rows of this table, is below 0.05.");
            SweepTables.Comparisons(_page, _data, comparisons);
        }

        if (_tuned is not null)
            WriteTuned(_tuned);
        WriteTables();
    }

    private void WriteTuned(TunedSweep tuned)
    {
        _page.Heading(2, $"Tuned: {tuned.Setting.Path}");
        _page.Paragraph("All runs were made at each of its values. Everywhere else on this page each seed counts with its run at the "
            + "value that was best on average for the other seeds, so that the choice does not flatter the result.");
        SweepTables.Tuned(_page, _data, tuned);
    }

    private void WriteOpening()
    {
        SweepPlan plan = _sweep.Plan;
        int failed = _sweep.Rows.Count(row => row.Status == "failed");
        string state = _sweep.Complete ? "" : $", {plan.Runs - _sweep.Rows.Count} still to be made";
        TimeSpan time = TimeSpan.FromSeconds(_sweep.Rows.Sum(row => row.WallSeconds ?? 0));
        _page.Paragraph($"{plan.Points.Count} points × {plan.Definition.Seeds} seeds = {plan.Runs} runs: "
            + $"{_sweep.Rows.Count - failed} done, {failed} failed{state}. Together they took {DurationText.Of(time)} of one core. "
            + $"Nudge {plan.Definition.Version}, virtual time.");
        _page.Code(plan.Definition.Command);
        SweepTables.Varied(_page, plan.Grid);
    }

    private void WriteAnswers(CurveFamily[] families, IReadOnlyList<Comparison> comparisons, bool byAccuracy)
    {
        string[] sentences =
        [
            .. byAccuracy
                ? families.SelectMany(family => SweepSentences.Of(_data, family, Tolerances(family, family.Shown)))
                : [],
            .. SweepSentences.Of(_data, comparisons),
            .. _tuned is { } tuned && SweepSentences.OfEdges(tuned) is { } edges ? [edges] : Array.Empty<string>(),
        ];
        if (sentences.Length == 0)
            return;
        _page.Heading(2, "In short");
        _page.Points(sentences);
    }

    private void WriteCurves(CurveFamily family, bool byAccuracy)
    {
        string path = _data.Grid.Variations[family.Axis].Path;
        string split = family.Split.Length > 0 ? $" ({family.Split})" : "";
        _page.Heading(2, $"{char.ToUpperInvariant(_data.Measure.Name[0])}{_data.Measure.Name[1..]} over {path}{split}");
        IReadOnlyList<CurveTolerance> shown = byAccuracy ? Tolerances(family, family.Shown) : [];
        _figures.Show(_page, _figures.Curves(family, shown));
        if (!byAccuracy)
            return;
        _page.Heading(3, "Tolerance");
        _page.Paragraph("Where the mean accuracy has fallen by one point, and by half of its distance to chance, counted from the "
            + "better end of the range: by straight lines between the points. In brackets 95 % intervals, by drawing whole seeds "
            + "again (2,000 times); they need three seeds, and with few they are rough.");
        SweepTables.Tolerances(_page, _data, Tolerances(family, family.Curves));
    }

    private void WriteWords()
    {
        _page.Heading(2, "Side by side");
        _figures.Show(_page, _figures.Words());
    }

    private void WriteHeatMaps()
    {
        SweepFigure[] maps = [.. _figures.HeatMaps()];
        if (maps.Length == 0)
            return;
        _page.Heading(2, "Pairs of settings");
        foreach (SweepFigure map in maps)
            _figures.Show(_page, map);
    }

    private void WriteTables()
    {
        _page.Heading(2, "All points");
        SweepPoint[] points = [.. _data.Grid.Points()];
        SweepTables.Points(_page, _data, points.Take(MostPoints));
        if (points.Length > MostPoints)
            _page.Paragraph($"… and {points.Length - MostPoints} more, in {SweepFiles.Csv}.", "note");
        string[] failures =
        [
            .. _sweep.Rows.Where(row => row.Status == "failed").OrderBy(row => row.Point).ThenBy(row => row.Seed)
                .Select(row => $"{_sweep.Plan.Grid.Describe(_sweep.Plan.Points[row.Point])}, seed {row.Seed}: {row.Message}"),
        ];
        if (failures.Length > 0)
        {
            _page.Heading(2, "Runs that failed");
            _page.Paragraph("They count for nothing in means and curves.");
            _page.Points(failures.Take(MostFailures));
        }

        _page.Paragraph(
            $"Every run is a row of {SweepFiles.Csv} and {SweepFiles.Parquet}; the figures lie beside them as PNG and SVG.",
            "note");
    }

    private IReadOnlyList<CurveTolerance> Tolerances(CurveFamily family, IReadOnlyList<ToleranceCurve> curves) =>
        CurveTolerance.Of(_data, family.Axis, curves, new AxisScale(_data.Grid.Variations[family.Axis].Numbers));
}
