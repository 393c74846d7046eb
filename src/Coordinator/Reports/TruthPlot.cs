using System.Globalization;
using Nudge.Recording;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Nudge.Reports;

/// <summary>Cosine and sign agreement of the mean update with the exact gradient, over the presentations of a run.</summary>
internal static class TruthPlot
{
    private const int Height = 700;

    internal static void Save(RunDirectory directory, RunSummary summary, IReadOnlyList<TruthRow> rows)
    {
        if (rows.Count == 0)
            return;
        Plot plot = PlotStyle.Make(Title(summary, rows[^1]), "stimuli presented in training");
        plot.YLabel("agreement with the exact gradient");
        plot.Axes.Left.TickGenerator = new NumericManual(
            [-1, -0.5, 0, 0.5, 1], ["−1", "−0.5", "0", "0.5", "1"]);
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic
        {
            IntegerTicksOnly = true,
            LabelFormatter = value => ProgressText.Count((long)value),
            TickDensity = 0.5,
        };
        double end = Math.Max(1, rows[^1].Presentations);
        double lowest = rows.Min(row => Math.Min(row.Cosine ?? 0, row.SignAgreement ?? 0));
        double bottom = lowest < 0 ? -1.05 : 0;
        plot.Add.HorizontalLine(0.5, 2, PlotStyle.Grey, LinePattern.Dashed);
        Show(plot, rows, row => row.SignAgreement, PlotStyle.Orange);
        Show(plot, rows, row => row.Cosine, PlotStyle.Blue);
        // Above the curves, where nothing can lie.
        PlotStyle.Note(plot, 0.01 * end, 1.16, "●  cosine", PlotStyle.Blue, Alignment.MiddleLeft);
        PlotStyle.Note(
            plot, 0.18 * end, 1.16, "●  share of equal signs (dashed: by chance)", PlotStyle.Orange, Alignment.MiddleLeft);
        plot.Axes.SetLimits(-0.02 * end, 1.05 * end, bottom, 1.24);
        PlotStyle.Save(plot, directory, RunFiles.Truth, Height);
    }

    private static string Title(RunSummary summary, TruthRow last) =>
        $"{summary.Name}, seed {summary.Seed}: {Slope(last)} at the last reading";

    private static string Slope(TruthRow row) => row.Slope is null
        ? "the gradient has vanished"
        : string.Create(CultureInfo.InvariantCulture, $"slope {row.Slope:0.00} ± {row.SlopeError:0.00}");

    private static void Show(Plot plot, IReadOnlyList<TruthRow> rows, Func<TruthRow, double?> value, Color colour)
    {
        TruthRow[] known = [.. rows.Where(row => value(row) is not null)];
        var line = plot.Add.Scatter(
            known.Select(row => (double)row.Presentations).ToArray(), known.Select(row => value(row)!.Value).ToArray(), colour);
        line.LineWidth = 2;
        line.MarkerSize = 10;
    }
}
