using System.Globalization;
using Nudge.Measurements;
using Nudge.Numerics;
using Nudge.Recording;
using Nudge.Reproductions;
using Nudge.Reproductions.Results;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Nudge.Reports;

/// <summary>Measured means with their 95 % intervals, and what theory predicts, on the same axes.</summary>
internal static class TheoryPlot
{
    private const int Height = 800;
    private const float PointSize = 12;

    // Series that are measured at the same places would hide each other; a share of the width.
    private const double Apart = 0.01;

    internal static void Save(RunDirectory directory, Reproduction reproduction, ReproductionSummary summary)
    {
        TheoryAxis axis = reproduction.Theory!;
        Measure measure = reproduction.Measure;
        Plot plot = PlotStyle.Make(summary.FigureTitle, axis.Label);
        plot.YLabel(measure.Axis);
        var colours = new ArmColours(reproduction.Arms);
        string[] series = [.. reproduction.Arms.Select(arm => arm.Series!).Distinct()];
        foreach (TheoryCurve curve in axis.Curves)
            ShowTheory(plot, axis, curve, reproduction.Arms.FirstOrDefault(arm => arm.Series == curve.Series), colours);
        double width = Place(axis, axis.Grid[^1]) - Place(axis, axis.Grid[0]);
        for (int i = 0; i < series.Length; i++)
        {
            double shift = Apart * width * (i - ((series.Length - 1) / 2.0));
            ShowMeasured(plot, axis, series[i], shift, reproduction, summary, colours);
        }

        ShowTicks(plot, axis, reproduction);
        PlotStyle.ShowLegendBelow(plot);
        plot.Axes.AutoScale();
        PlotStyle.Save(plot, directory, ReproductionFiles.Figure, Height);
    }

    private static void ShowTheory(Plot plot, TheoryAxis axis, TheoryCurve curve, Arm? arm, ArmColours colours)
    {
        IReadOnlyList<double> values = curve.Predict(axis.Grid);
        Color colour = arm is null ? PlotStyle.Grey : colours.Of(arm.Name).WithAlpha(.6);
        double[] places = [.. axis.Grid.Select(place => Place(axis, place))];
        var line = plot.Add.ScatterLine(places, values.ToArray(), colour);
        line.LineWidth = arm is null ? 2 : 3;
        line.LegendText = arm is null ? curve.Series : $"{curve.Series}: predicted";
    }

    private static void ShowMeasured(
        Plot plot,
        TheoryAxis axis,
        string series,
        double shift,
        Reproduction reproduction,
        ReproductionSummary summary,
        ArmColours colours)
    {
        (Arm Arm, ArmSummary Summary)[] known =
        [
            .. reproduction.Arms.Zip(summary.Arms)
                .Where(pair => pair.First.Series == series && pair.Second is { Mean: not null, Low: not null, High: not null }),
        ];
        if (known.Length == 0)
            return;
        Color colour = colours.Of(known[0].Arm.Name);
        double[] places = [.. known.Select(one => Place(axis, one.Arm.At) + shift)];
        double[] means = [.. known.Select(one => one.Summary.Mean!.Value)];
        var points = plot.Add.ScatterPoints(places, means, colour);
        points.MarkerSize = PointSize;
        points.LegendText = axis.Curves.Any(curve => curve.Series == series) ? $"{series}: measured" : series;
        var bars = plot.Add.ErrorBar(places, means, [.. known.Select(one => (one.Summary.High!.Value - one.Summary.Low!.Value) / 2)]);
        bars.Color = colour;
        bars.LineWidth = 2;
    }

    private static void ShowTicks(Plot plot, TheoryAxis axis, Reproduction reproduction)
    {
        double[] at = [.. reproduction.Arms.Select(arm => arm.At).Distinct().Order()];
        plot.Axes.Bottom.TickGenerator = new NumericManual(
            [.. at.Select(place => Place(axis, place))],
            [.. at.Select(place => place.ToString(CultureInfo.InvariantCulture))]);
    }

    private static double Place(TheoryAxis axis, double place) => axis.IsLogarithmic ? Elementary.Log(place) : place;
}
