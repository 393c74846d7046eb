using Nudge.Measurements;
using Nudge.Recording;
using Nudge.Reproductions.Results;
using Nudge.Running;
using Nudge.Statistics;
using ScottPlot;

namespace Nudge.Reports;

/// <summary>The mean learning curve of each arm, in a band from its lowest to its highest seed.</summary>
public static class CurvesPlot
{
    private const int Height = 800;

    /// <summary>Draws the figure into a folder, as PNG and SVG; draws nothing where no run has a curve.</summary>
    /// <param name="directory">Where to.</param>
    /// <param name="results">The runs.</param>
    /// <param name="title">Title of the figure.</param>
    public static void Save(RunDirectory directory, ReproductionResults results, string title)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(results);
        Measure measure = results.Reproduction.Measure;
        ArmCurve[] curves =
        [
            .. results.Reproduction.Arms.Select(arm => CurveOf(results.Outcomes, arm.Name, measure.Scale))
                .Where(curve => curve.Points.Count > 1),
        ];
        if (curves.Length == 0 || measure.CurveAxis is not { } label)
            return;
        Plot plot = PlotStyle.Make(title, "stimuli presented in training (lines: means, bands: all seeds)");
        plot.YLabel(label);
        var axis = new PresentationAxis([.. curves.Select(curve => (double)curve.Points[^1].Presentations)]);
        axis.Show(plot);
        var colours = new ArmColours(results.Reproduction.Arms);
        foreach (ArmCurve curve in curves)
            ShowBand(plot, curve, axis, colours.Of(curve.Arm));
        foreach (ArmCurve curve in curves)
            ShowMean(plot, curve, axis, colours);
        PlotStyle.ShowLegendBelow(plot);
        plot.Axes.AutoScale();
        PlotStyle.Save(plot, directory, ReproductionFiles.Curves, Height);
    }

    private static ArmCurve CurveOf(IReadOnlyList<JobOutcome> outcomes, string arm, double scale) => new(arm,
    [
        .. outcomes.Where(outcome => outcome.Job.Arm == arm && outcome.Result is not null)
            .SelectMany(outcome => outcome.Result!.Curve)
            .GroupBy(point => point.Presentations)
            .OrderBy(points => points.Key)
            .Select(points => Summarise(points.Key, [.. points.Select(point => point.Value * scale)])),
    ]);

    private static Spread Summarise(long presentations, double[] values) =>
        new(presentations, Sample.Mean(values), values.Min(), values.Max());

    private static void ShowBand(Plot plot, ArmCurve curve, PresentationAxis axis, Color colour)
    {
        var band = plot.Add.FillY(
            [.. curve.Points.Select(point => axis.Place(point.Presentations))],
            [.. curve.Points.Select(point => point.Lowest)],
            [.. curve.Points.Select(point => point.Highest)]);
        band.FillColor = colour.WithAlpha(.14);
        band.LineWidth = 0;
        band.MarkerSize = 0;
    }

    private static void ShowMean(Plot plot, ArmCurve curve, PresentationAxis axis, ArmColours colours)
    {
        var line = plot.Add.Scatter(
            curve.Points.Select(point => axis.Place(point.Presentations)).ToArray(),
            curve.Points.Select(point => point.Mean).ToArray(),
            colours.TintOf(curve.Arm));
        line.LineWidth = 3;
        line.MarkerShape = colours.ShapeOf(curve.Arm);
        line.MarkerSize = 11;
        line.LegendText = curve.Arm;
    }

    private sealed record ArmCurve(string Arm, IReadOnlyList<Spread> Points);

    private sealed record Spread(long Presentations, double Mean, double Lowest, double Highest);
}
