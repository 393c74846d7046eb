using System.Globalization;
using Nudge.Recording;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Nudge.Reports;

/// <summary>How old the activity was that updates used: shares by bins that double.</summary>
internal static class StalenessPlot
{
    private const int Height = 620;
    private const double Thickness = 0.86;

    internal static void Save(RunDirectory directory, RunSummary summary)
    {
        if (summary.Staleness is not { Mean: double mean } staleness)
            return;
        IReadOnlyList<StalenessBin> bins = staleness.Histogram;
        double all = bins.Sum(bin => bin.Count);
        string title = string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Name}, seed {summary.Seed}: learned from activity {mean:0.00} τ old on average");
        Plot plot = PlotStyle.Make(title, "age of the activity in use, up to (τ)");
        plot.YLabel("share of updates (%)");
        for (int i = 0; i < bins.Count; i++)
        {
            double share = 100 * bins[i].Count / all;
            var bar = plot.Add.Bar(i, share);
            bar.Bars[0].Size = Thickness;
            bar.Bars[0].FillColor = PlotStyle.Blue;
            bar.Bars[0].LineWidth = 0;
            if (share > 0)
                PlotStyle.Note(plot, i, share, Share(share), PlotStyle.Blue, Alignment.LowerCenter);
        }

        plot.Axes.Bottom.TickGenerator = new NumericManual([.. bins.Select((bin, i) => new Tick(i, End(bin)))]);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Axes.SetLimits(-0.7, bins.Count - 0.3, 0, 1.12 * bins.Max(bin => 100 * bin.Count / all));
        PlotStyle.Save(plot, directory, RunFiles.Staleness, Height);
    }

    private static string Share(double share) =>
        share < 0.1 ? "< 0.1" : share.ToString("0.0", CultureInfo.InvariantCulture);

    private static string End(StalenessBin bin) => double.IsInfinity(bin.UpTo) ? "more" : bin.UpTo switch
    {
        0.125 => "1/8",
        0.25 => "1/4",
        0.5 => "1/2",
        _ => bin.UpTo.ToString("0", CultureInfo.InvariantCulture),
    };
}
