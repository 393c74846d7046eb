using System.Globalization;
using Nudge.Phases;
using Nudge.Recording;
using ScottPlot;

namespace Nudge.Reports;

/// <summary>Accuracy over the presentations of a run.</summary>
internal static class LearningCurvePlot
{
    internal static void Save(string pathWithoutEnding, RunSummary summary, IReadOnlyList<MetricsRow> rows, int classes)
    {
        string final = summary.Accuracy is double accuracy ? Percent(accuracy) : "unfinished";
        Plot plot = PlotStyle.Make(
            $"{summary.Name}, {summary.Engine} engine, seed {summary.Seed}: {final} of {summary.Examples} held-out examples",
            "stimuli presented",
            "correct answers, %");
        MetricsRow[] training = [.. rows.Where(row => !double.IsNaN(row.RunningAccuracy))];
        double end = Math.Max(1, rows.Count > 0 ? rows[^1].Presentations : summary.Presentations);
        if (training.Length > 1)
        {
            var line = plot.Add.ScatterLine(
                training.Select(row => (double)row.Presentations).ToArray(),
                training.Select(row => 100 * row.RunningAccuracy).ToArray(),
                PlotStyle.Sky);
            line.LineWidth = 3;
            MetricsRow middle = training[training.Length / 3];
            Note(plot, middle.Presentations, (100 * middle.RunningAccuracy) - 6, "in training, running mean", PlotStyle.Sky, Alignment.UpperLeft);
        }

        ShowEvaluations(plot, summary.Evaluations, end);
        double chance = 100.0 / classes;
        var level = plot.Add.HorizontalLine(chance, 2, PlotStyle.Grey, LinePattern.Dashed);
        level.EnableAutoscale = false;
        Note(plot, end, chance, "chance", PlotStyle.Grey, Alignment.LowerRight);
        plot.Axes.SetLimits(0, 1.06 * end, 0, 106);
        PlotStyle.Save(plot, pathWithoutEnding);
    }

    private static void ShowEvaluations(Plot plot, IReadOnlyList<Evaluation> evaluations, double end)
    {
        if (evaluations.Count == 0)
            return;
        var points = plot.Add.Scatter(
            evaluations.Select(evaluation => (double)evaluation.Presentations).ToArray(),
            evaluations.Select(evaluation => 100 * evaluation.Accuracy).ToArray(),
            PlotStyle.Blue);
        points.MarkerSize = 11;
        points.LineWidth = 1;
        Evaluation last = evaluations[^1];
        Note(plot, last.Presentations, (100 * last.Accuracy) + 1.5, Percent(last.Accuracy), PlotStyle.Blue, Alignment.LowerCenter);
        Evaluation labelled = evaluations[Math.Min(evaluations.Count - 1, (int)(evaluations.Count * 0.6))];
        if (evaluations.Count > 3)
            Note(plot, labelled.Presentations, (100 * labelled.Accuracy) + 1.5, "held out", PlotStyle.Blue, Alignment.LowerCenter);
    }

    private static void Note(Plot plot, double x, double y, string text, Color colour, Alignment alignment)
    {
        var label = plot.Add.Text(text, x, y);
        label.LabelFontColor = colour;
        label.LabelFontSize = 19;
        label.LabelAlignment = alignment;
    }

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
