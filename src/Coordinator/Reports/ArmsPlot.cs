using Nudge.Recording;
using Nudge.Reproductions;
using Nudge.Reproductions.Results;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Nudge.Reports;

/// <summary>
/// A row for each arm: the value of every seed, their mean with its 95 % interval, and below them what others measured.
/// </summary>
public static class ArmsPlot
{
    private const int Frame = 250;
    private const int RowHeight = 78;
    private const double SeedsAt = 0.14;
    private const double ReferenceAt = -0.24;
    private const double Spread = 0.16;

    /// <summary>Draws the figure into a folder, as PNG and SVG.</summary>
    /// <param name="directory">Where to.</param>
    /// <param name="reproduction">The reproduction.</param>
    /// <param name="summary">What it gave.</param>
    public static void Save(RunDirectory directory, Reproduction reproduction, ReproductionSummary summary)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(reproduction);
        ArgumentNullException.ThrowIfNull(summary);
        Measure measure = reproduction.Measure;
        string better = measure.LowerIsBetter ? "lower is better" : "higher is better";
        Plot plot = PlotStyle.Make(Title(summary), $"{measure.Axis}, {better}");
        var colours = new ArmColours(reproduction.Arms);
        int rows = summary.Arms.Count;
        for (int i = 0; i < rows; i++)
            ShowArm(plot, summary.Arms[i], rows - 1 - i, measure, colours.Of(summary.Arms[i].Name));
        plot.Axes.Left.TickGenerator = new NumericManual(
            [.. Enumerable.Range(0, rows).Select(i => (double)(rows - 1 - i))], [.. summary.Arms.Select(arm => arm.Name)]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Grid.YAxisStyle.IsVisible = false;
        ShowKey(plot, summary);
        (double low, double high) = Limits(summary, measure);
        plot.Axes.SetLimits(low, high, -0.6, rows - 0.4);
        PlotStyle.Save(plot, directory, ReproductionFiles.Figure, Frame + (RowHeight * rows));
    }

    private static string Title(ReproductionSummary summary) =>
        summary.Title + (summary.Quick ? " (quick form)" : "") + (summary.Interrupted ? " (interrupted)" : "");

    private static void ShowArm(Plot plot, ArmSummary arm, int row, Measure measure, Color colour)
    {
        double[] values = [.. arm.Values.Select(value => value * measure.Scale)];
        double[] heights = [.. values.Select((_, i) => row + SeedsAt + Offset(i, values.Length))];
        var seeds = plot.Add.Markers(values, heights, MarkerShape.FilledCircle, 9, colour.WithAlpha(.45));
        seeds.MarkerLineWidth = 0;
        if (arm.Mean is double mean)
            ShowMean(plot, mean * measure.Scale, (arm.Low * measure.Scale, arm.High * measure.Scale), row - 0.06, colour);
        if (arm.Mean is double known)
        {
            double edge = Math.Max(arm.High ?? known, arm.Values.Max()) * measure.Scale;
            var label = PlotStyle.Note(plot, edge, row, measure.Text(known), colour, Alignment.MiddleLeft);
            label.OffsetX = 14;
        }

        if (arm.Reference is { } reference)
            ShowReference(plot, reference, row, measure);
    }

    private static void ShowMean(Plot plot, double mean, (double? Low, double? High) ends, double row, Color colour)
    {
        if (ends is { Low: double low, High: double high })
            plot.Add.Line(low, row, high, row).LineStyle = new() { Width = 4, Color = colour };
        plot.Add.Marker(mean, row, MarkerShape.FilledDiamond, 17, colour);
    }

    private static void ShowReference(Plot plot, ReferenceSummary reference, int row, Measure measure)
    {
        double height = row + ReferenceAt;
        double[] values = [.. reference.Values.Select(value => value * measure.Scale)];
        var points = plot.Add.Markers(
            values, [.. values.Select(_ => height)], MarkerShape.OpenCircle, 9, PlotStyle.GreyText.WithAlpha(.6));
        points.MarkerLineWidth = 1.5f;
        (double? Low, double? High) ends = (reference.Low * measure.Scale, reference.High * measure.Scale);
        ShowMean(plot, reference.Mean * measure.Scale, ends, height, PlotStyle.GreyText);
    }

    // Spread by number and not by chance, so that a figure can be drawn again.
    private static double Offset(int i, int count) => count == 1 ? 0 : Spread * (((i * 5 % count) / (count - 1.0)) - 0.5);

    private static void ShowKey(Plot plot, ReproductionSummary summary)
    {
        Color grey = PlotStyle.GreyText;
        Add("one seed", MarkerShape.FilledCircle, 9, grey.WithAlpha(.6), 0);
        Add("mean and its 95 % interval", MarkerShape.FilledDiamond, 15, grey, 4);
        if (summary.Arms.Any(arm => arm.Reference is not null))
            Add("reference, likewise", MarkerShape.OpenCircle, 9, grey, 0);
        PlotStyle.ShowLegendBelow(plot);

        void Add(string text, MarkerShape shape, float size, Color colour, float line) => plot.Legend.ManualItems.Add(new()
        {
            LabelText = text,
            MarkerStyle = new(shape, size, colour) { LineColor = colour, LineWidth = 1.5f },
            LineColor = colour,
            LineWidth = line,
        });
    }

    private static (double Low, double High) Limits(ReproductionSummary summary, Measure measure)
    {
        double[] all =
        [
            .. summary.Arms.SelectMany(arm => arm.Values
                .Concat(arm.Reference?.Values ?? [])
                .Concat(new[] { arm.Low, arm.High, arm.Reference?.Low, arm.Reference?.High }.OfType<double>()))
                .Select(value => value * measure.Scale),
        ];
        if (all.Length == 0)
            return (0, measure.Scale);
        double margin = Math.Max((all.Max() - all.Min()) * 0.06, 1e-3 * measure.Scale);
        // To the right also stand the means as text.
        return (all.Min() - margin, all.Max() + (3 * margin));
    }
}
