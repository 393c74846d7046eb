using Nudge.Recording;
using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

namespace Nudge.Reports;

/// <summary>Accuracy over the presentations of a run: in training, and on the held-out set.</summary>
public static class LearningCurvePlot
{
    private const int Height = 800;
    private const int MostValues = 8;

    // Half a marker at 100 % must not be cut off.
    private const double Top = 102;

    // Room for the numbers of interventions above the curves.
    private const double TopWithNumbers = 108;
    private const double Numbers = 105.5;

    /// <summary>Draws the figure into a run directory, as PNG and SVG.</summary>
    /// <param name="directory">Where to.</param>
    /// <param name="summary">The run.</param>
    /// <param name="rows">All rows of metrics.csv.</param>
    public static void Save(RunDirectory directory, RunSummary summary, IReadOnlyList<MetricsRow> rows)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(rows);
        Plot plot = PlotStyle.Make(Title(summary), "stimuli presented in training");
        plot.YLabel("correct answers (%)");
        plot.Axes.Left.TickGenerator = new NumericManual(
            [0, 20, 40, 60, 80, 100], ["0", "20", "40", "60", "80", "100"]);
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic
        {
            IntegerTicksOnly = true,
            LabelFormatter = value => ProgressText.Count((long)value),
            TickDensity = 0.5,
        };
        double end = Math.Max(1, summary.Presentations);
        var interventions = new InterventionMarks(summary.Interventions);
        interventions.Show(plot, 1.05 * end, Numbers);
        ShowChance(plot, summary, end);
        ShowTraining(plot, rows);
        ShowEvaluations(plot, summary.Evaluations);
        ShowNames(plot, summary, rows, end);
        int extra = interventions.Explain(plot);
        plot.Axes.SetLimits(0, 1.05 * end, 0, interventions.IsAny ? TopWithNumbers : Top);
        PlotStyle.Save(plot, directory, RunFiles.LearningCurve, Height + extra);
    }

    private static string Title(RunSummary summary)
    {
        string run = $"{summary.Name}, seed {summary.Seed}";
        if (summary.Interrupted)
            return $"{run}: interrupted after {ProgressText.Count(summary.Presentations)} stimuli";
        return summary.Accuracy is double accuracy
            ? $"{run}: {ProgressText.Percent(accuracy)} on the held-out set"
            : $"{run}: not evaluated";
    }

    private static void ShowChance(Plot plot, RunSummary summary, double end)
    {
        if (summary.Baselines.GetValueOrDefault("chance") is not double chance)
            return;
        plot.Add.HorizontalLine(100 * chance, 2, PlotStyle.Grey, LinePattern.Dashed);
        string text = $"chance, {ProgressText.Percent(chance)}";
        NoteOverLines(plot, end, (100 * chance) + 0.8, text, PlotStyle.GreyText, Alignment.LowerRight);
    }

    private static void ShowTraining(Plot plot, IReadOnlyList<MetricsRow> rows)
    {
        MetricsRow[] known = [.. rows.Where(row => !double.IsNaN(row.RunningAccuracy))];
        var line = plot.Add.ScatterLine(
            known.Select(row => (double)row.Presentations).ToArray(),
            known.Select(row => 100 * row.RunningAccuracy).ToArray(),
            PlotStyle.Sky);
        line.LineWidth = 3;
    }

    private static void ShowEvaluations(Plot plot, IReadOnlyList<EvaluationSummary> evaluations)
    {
        var points = plot.Add.Scatter(
            evaluations.Select(made => (double)made.Presentations).ToArray(),
            evaluations.Select(made => 100 * made.Accuracy).ToArray(),
            PlotStyle.Blue);
        points.MarkerSize = 12;
        points.LineWidth = 1.5f;
        int every = Math.Max(1, (evaluations.Count + MostValues - 1) / MostValues);
        // Counted from the end, so that the result itself always has its value.
        for (int i = evaluations.Count - 1; i >= 0; i -= every)
        {
            // Below and to the right is the side that a rising curve leaves free.
            Alignment side = i == evaluations.Count - 1 ? Alignment.UpperCenter : Alignment.UpperLeft;
            string value = ProgressText.Percent(evaluations[i].Accuracy);
            Text label = PlotStyle.Note(
                plot, evaluations[i].Presentations, 100 * evaluations[i].Accuracy, value, PlotStyle.Blue, side);
            label.OffsetY = 10;
        }
    }

    // Names in the colours of their curves, where the curves are not: below good ones, above bad ones.
    private static void ShowNames(Plot plot, RunSummary summary, IReadOnlyList<MetricsRow> rows, double end)
    {
        double last = summary.Evaluations.Count > 0 ? summary.Evaluations[^1].Accuracy
            : rows.Count > 0 ? rows[^1].RunningAccuracy : 1;
        double height = last > 0.65 ? 50 : 96;
        if (summary.Evaluations.Count > 0)
            NoteOverLines(plot, end, height, "●  held-out set", PlotStyle.Blue, Alignment.MiddleRight);
        if (rows.Any(row => !double.IsNaN(row.RunningAccuracy)))
        {
            string name = "—  in training, running mean";
            NoteOverLines(plot, end, height - 6, name, PlotStyle.SkyText, Alignment.MiddleRight);
        }
    }

    // The dashed line of an intervention may pass there, and must not strike the text out.
    private static void NoteOverLines(Plot plot, double x, double y, string text, Color colour, Alignment alignment) =>
        PlotStyle.Note(plot, x, y, text, colour, alignment).LabelBackgroundColor = Colors.White.WithAlpha(.85);
}
