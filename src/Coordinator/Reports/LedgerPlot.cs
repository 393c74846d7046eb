using System.Globalization;
using Nudge.Links;
using Nudge.Recording;
using ScottPlot;

namespace Nudge.Reports;

/// <summary>What became of the messages of each link, in per cent of those sent and copied.</summary>
internal static class LedgerPlot
{
    internal static void Save(string pathWithoutEnding, RunSummary summary)
    {
        string balance = summary.Ledger.Unaccounted == 0
            ? "every message accounted for"
            : $"{summary.Ledger.Unaccounted} messages unaccounted for";
        Plot plot = PlotStyle.Make(
            $"{summary.Name}: {Count(summary.Ledger.Sent)} messages, {balance}", "share of messages, %", "");
        LedgerEntry[] links = [.. summary.Ledger.Links.Reverse()];
        var ticks = new List<Tick>();
        for (int i = 0; i < links.Length; i++)
        {
            ticks.Add(new(i, $"{links[i].Link}\n{Count(links[i].Sent)} sent"));
            Stack(plot, links[i], i);
        }

        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. ticks]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Legend.ManualItems.AddRange(
        [
            Item("used", PlotStyle.Blue),
            Item("superseded by a newer one", PlotStyle.Sky),
            Item("lost", PlotStyle.Red),
            Item("cut", PlotStyle.Orange),
            Item("in flight", PlotStyle.Grey),
        ]);
        plot.Legend.FontSize = 17;
        plot.ShowLegend(Edge.Bottom);
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.Axes.SetLimits(0, 100, -0.6, links.Length - 0.4);
        PlotStyle.Save(plot, pathWithoutEnding);
    }

    private static void Stack(Plot plot, LedgerEntry link, int row)
    {
        double all = Math.Max(1, link.Sent + link.Duplicates);
        double from = 0;
        foreach ((long count, Color colour) in new[]
        {
            (link.Delivered - link.Superseded, PlotStyle.Blue),
            (link.Superseded, PlotStyle.Sky),
            (link.Lost, PlotStyle.Red),
            (link.Cut, PlotStyle.Orange),
            (link.InFlight, PlotStyle.Grey),
        })
        {
            double to = from + (100 * count / all);
            if (count > 0)
                Piece(plot, row, from, to, colour);
            from = to;
        }
    }

    private static void Piece(Plot plot, int row, double from, double to, Color colour)
    {
        var bar = plot.Add.Bar(new Bar
        {
            Position = row,
            ValueBase = from,
            Value = to,
            FillColor = colour,
            LineWidth = 0,
            Orientation = Orientation.Horizontal,
            Size = 0.7,
        });
        bar.Horizontal = true;
        if (to - from < 4)
            return;
        var label = plot.Add.Text((to - from).ToString("0.0", CultureInfo.InvariantCulture) + " %", (from + to) / 2, row);
        label.LabelFontColor = Colors.White;
        label.LabelFontSize = 17;
        label.LabelAlignment = Alignment.MiddleCenter;
    }

    private static LegendItem Item(string text, Color colour) => new() { LabelText = text, FillColor = colour };

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
