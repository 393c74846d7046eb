using System.Globalization;
using Nudge.Measurements;
using Nudge.Recording;
using Nudge.Variance;
using ScottPlot;

namespace Nudge.Reports;

/// <summary>
/// The variance of the updates over b: measured points with bars, the curve of theory, b* and the own b.
/// </summary>
internal static class VariancePlot
{
    internal const string File = "variance";
    private const int Height = 800;
    private const int Steps = 400;

    internal static void Save(RunDirectory directory, VarianceStudy study)
    {
        VarianceCurve curve = study.Curve;
        string fit = string.Create(
            CultureInfo.InvariantCulture, $"b* = {curve.BestB:0.00}, R² = {curve.RSquared:0.000}");
        Plot plot = PlotStyle.Make(
            $"{study.Experiment.Name}: {fit}", "b, the probability of a positive phase");
        plot.YLabel("variance of one phase's update");
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericFixedInterval(0.1);
        double top = 1.12 * curve.Points.Max(point => Math.Max(point.Variance + (2 * point.Error), point.Predicted));
        ShowTheory(plot, study, top);
        ShowMeasured(plot, curve);
        ShowBest(plot, curve.BestB, $"b* {Text(curve.BestB)}", PlotStyle.Vermilion, top, LinePattern.Dashed);
        string own = $"b of the run {Text(study.OwnB)}";
        ShowBest(plot, study.OwnB, own, PlotStyle.GreyText, 0.94 * top, LinePattern.Dotted);
        ShowName(plot, 0.75 * top, "●  measured, ± 2 standard errors", PlotStyle.Blue);
        ShowName(plot, 0.80 * top, "—  σ₊²/b + σ₋²/(1−b) − ‖∇‖²", PlotStyle.SkyText);
        plot.Axes.SetLimits(0, 1, 0, top);
        PlotStyle.Save(plot, directory, File, Height);
    }

    // Where the σ² depend on b themselves, theory is known at the points alone.
    private static void ShowTheory(Plot plot, VarianceStudy study, double top)
    {
        VarianceCurve curve = study.Curve;
        bool own = study.Experiment.Learning.Rule.Rule.ComparesPhases;
        double[] bs = own
            ? [.. curve.Points.Select(point => point.B)]
            : [.. Enumerable.Range(1, Steps - 1).Select(i => (double)i / Steps).Where(b => curve.Predict(b) <= top)];
        double[] values = own ? [.. curve.Points.Select(point => point.Predicted)] : [.. bs.Select(curve.Predict)];
        plot.Add.ScatterLine(bs, values, PlotStyle.Sky).LineWidth = 3;
    }

    private static void ShowMeasured(Plot plot, VarianceCurve curve)
    {
        double[] bs = [.. curve.Points.Select(point => point.B)];
        double[] variances = [.. curve.Points.Select(point => point.Variance)];
        var points = plot.Add.ScatterPoints(bs, variances, PlotStyle.Blue);
        points.MarkerSize = 12;
        var bars = plot.Add.ErrorBar(bs, variances, [.. curve.Points.Select(point => 2 * point.Error)]);
        bars.Color = PlotStyle.Blue;
        bars.LineWidth = 2;
    }

    private static void ShowBest(Plot plot, double b, string text, Color colour, double height, LinePattern pattern)
    {
        plot.Add.VerticalLine(b, 2, colour, pattern);
        Alignment side = b > 0.7 ? Alignment.UpperRight : Alignment.UpperLeft;
        PlotStyle.Note(plot, b + (b > 0.7 ? -0.01 : 0.01), 0.995 * height, text, colour, side);
    }

    // On white, because the lines of b may pass behind.
    private static void ShowName(Plot plot, double height, string text, Color colour) =>
        PlotStyle.Note(plot, 0.5, height, text, colour, Alignment.MiddleCenter).LabelBackgroundColor = Colors.White;

    private static string Text(double b) => b.ToString("0.00", CultureInfo.InvariantCulture);
}
