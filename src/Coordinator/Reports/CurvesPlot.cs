using Nudge.Recording;
using Nudge.Reproductions;
using Nudge.Reproductions.Results;
using Nudge.Running;
using Nudge.Statistics;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Nudge.Reports;

/// <summary>The mean learning curve of each arm, in a band of the mean's 95 % interval.</summary>
public static class CurvesPlot
{
    private const int Height = 800;

    /// <summary>Draws the figure into a folder, as PNG and SVG; draws nothing where no run has a curve.</summary>
    /// <param name="directory">Where to.</param>
    /// <param name="results">The runs.</param>
    public static void Save(RunDirectory directory, ReproductionResults results)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(results);
        Measure measure = results.Reproduction.Measure;
        (string Arm, MeanPoint[] Curve)[] curves =
        [
            .. results.Reproduction.Arms.Select(arm => (arm.Name, Mean(results.Outcomes, arm.Name, measure.Scale)))
                .Where(arm => arm.Item2.Length > 1),
        ];
        if (curves.Length == 0 || measure.CurveAxis is not { } axis)
            return;
        Plot plot = PlotStyle.Make(results.Reproduction.Title, "stimuli presented in training");
        plot.YLabel(axis);
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic
        {
            IntegerTicksOnly = true,
            LabelFormatter = value => ProgressText.Count((long)value),
            TickDensity = 0.5,
        };
        var colours = new ArmColours(results.Reproduction.Arms);
        foreach ((string arm, MeanPoint[] curve) in curves)
            Show(plot, arm, curve, colours);
        PlotStyle.ShowLegendBelow(plot);
        plot.Axes.AutoScale();
        PlotStyle.Save(plot, directory, ReproductionFiles.Curves, Height);
    }

    private static MeanPoint[] Mean(IReadOnlyList<JobOutcome> outcomes, string arm, double scale) =>
    [
        .. outcomes.Where(outcome => outcome.Job.Arm == arm && outcome.Result is not null)
            .SelectMany(outcome => outcome.Result!.Curve)
            .GroupBy(point => point.Presentations)
            .OrderBy(points => points.Key)
            .Select(points => new MeanPoint(
                points.Key, Interval.OfMean([.. points.Select(point => point.Value * scale)]))),
    ];

    private static void Show(Plot plot, string arm, MeanPoint[] curve, ArmColours colours)
    {
        Color colour = colours.Of(arm);
        double[] across = [.. curve.Select(point => (double)point.Presentations)];
        if (curve.All(point => point.Mean.IsKnown))
        {
            var band = plot.Add.FillY(
                across, [.. curve.Select(point => point.Mean.Low)], [.. curve.Select(point => point.Mean.High)]);
            band.FillColor = colour.WithAlpha(.15);
            band.LineWidth = 0;
        }

        var line = plot.Add.Scatter(across, curve.Select(point => point.Mean.Centre).ToArray(), colour);
        line.LineWidth = 2.5f;
        line.LinePattern = colours.PatternOf(arm);
        line.MarkerSize = 8;
        line.LegendText = arm;
    }

    private sealed record MeanPoint(long Presentations, Interval Mean);
}
