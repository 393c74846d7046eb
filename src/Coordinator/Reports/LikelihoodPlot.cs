using Nudge.Recording;
using Nudge.Running;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Nudge.Reports;

/// <summary>Negative log-likelihood of the training rows over the presentations of a run.</summary>
internal static class LikelihoodPlot
{
    private const int Height = 800;

    internal static void Save(RunDirectory directory, RunSummary summary, IReadOnlyList<CurvePoint> points)
    {
        double last = points[^1].Value;
        string title = $"{summary.Name}, seed {summary.Seed}: negative log-likelihood {last.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)} nats";
        Plot plot = PlotStyle.Make(title, "stimuli presented in training");
        plot.YLabel("−log likelihood of the training rows (nats)");
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic
        {
            IntegerTicksOnly = true,
            LabelFormatter = value => ProgressText.Count((long)value),
            TickDensity = 0.5,
        };
        var line = plot.Add.Scatter(
            points.Select(point => (double)point.Presentations).ToArray(),
            points.Select(point => point.Value).ToArray(),
            PlotStyle.Blue);
        line.LineWidth = 3;
        line.MarkerSize = 8;
        plot.Axes.AutoScale();
        plot.Axes.SetLimitsX(0, 1.05 * Math.Max(1, points[^1].Presentations));
        PlotStyle.Save(plot, directory, RunFiles.Likelihood, Height);
    }
}
