using Nudge.Measurements;
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
    private const int Frame = 230;
    private const int RowHeight = 84;
    private const double SeedsAt = 0.24;
    private const double ReferenceAt = -0.26;
    private const double Spread = 0.2;
    private const float SeedSize = 10;

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
        Plot plot = PlotStyle.Make(summary.FigureTitle, $"{measure.Axis}, {better}");
        var colours = new ArmColours(reproduction.Arms);
        var scale = new ArmsScale(summary, measure);
        int rows = summary.Arms.Count;
        for (int i = 0; i < rows; i++)
            ShowArm(plot, summary.Arms[i], rows - 1 - i, scale, colours.Of(summary.Arms[i].Name));
        plot.Axes.Left.TickGenerator = new NumericManual(
            [.. Enumerable.Range(0, rows).Select(i => rows - 1.0 - i)], [.. summary.Arms.Select(arm => arm.Name)]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { LabelFormatter = scale.TickText, TickDensity = 0.4 };
        ShowKey(plot, summary);
        plot.Axes.SetLimits(scale.Low, scale.High, -0.6, rows - 0.4);
        PlotStyle.Save(plot, directory, ReproductionFiles.Figure, Frame + (RowHeight * rows));
    }

    private static void ShowArm(Plot plot, ArmSummary arm, int row, ArmsScale scale, Color colour)
    {
        double[] heights = [.. arm.Values.Select((_, i) => row + SeedsAt + Offset(i, arm.Values.Count))];
        var seeds = plot.Add.Markers(
            [.. arm.Values.Select(scale.Place)], heights, MarkerShape.FilledCircle, SeedSize, colour.WithAlpha(.5));
        seeds.MarkerLineWidth = 0;
        if (arm.Mean is double mean)
        {
            ShowMean(plot, scale, mean, arm.Low, arm.High, row, colour);
            var text = PlotStyle.Note(plot, scale.High, row, scale.Measure.Text(mean), colour, Alignment.MiddleRight);
            text.LabelBackgroundColor = Colors.White;
        }

        if (arm.Reference is not { } reference)
            return;
        double height = row + ReferenceAt;
        var points = plot.Add.Markers(
            reference.Values.Select(scale.Place).ToArray(),
            reference.Values.Select(_ => height).ToArray(),
            MarkerShape.OpenCircle,
            SeedSize,
            PlotStyle.Grey);
        points.MarkerLineWidth = 1.5f;
        ShowMean(plot, scale, reference.Mean, reference.Low, reference.High, height, PlotStyle.GreyText);
    }

    private static void ShowMean(
        Plot plot, ArmsScale scale, double mean, double? low, double? high, double height, Color colour)
    {
        if (low is double from && high is double to)
        {
            var interval = plot.Add.Line(scale.Place(from), height, scale.Place(to), height);
            interval.LineStyle = new() { Width = 4, Color = colour };
        }

        plot.Add.Marker(scale.Place(mean), height, MarkerShape.FilledDiamond, 17, colour);
    }

    // Spread by number and not by chance, so that a figure can be drawn again.
    private static double Offset(int i, int count) => count == 1 ? 0 : Spread * ((i * 7 % count / (count - 1.0)) - 0.5);

    private static void ShowKey(Plot plot, ReproductionSummary summary)
    {
        Color grey = PlotStyle.GreyText;
        Add("one seed", MarkerShape.FilledCircle, SeedSize, 0);
        Add("mean and its 95 % interval", MarkerShape.FilledDiamond, 15, 4);
        if (summary.Arms.Any(arm => arm.Reference is not null))
            Add("reference", MarkerShape.OpenCircle, SeedSize, 0);
        PlotStyle.ShowLegendBelow(plot);

        void Add(string text, MarkerShape shape, float size, float line) => plot.Legend.ManualItems.Add(new()
        {
            LabelText = text,
            MarkerStyle = new(shape, size, grey) { LineColor = grey, LineWidth = 1.5f },
            LineColor = grey,
            LineWidth = line,
        });
    }
}
