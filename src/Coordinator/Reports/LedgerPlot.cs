using Nudge.Links;
using Nudge.Recording;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Nudge.Reports;

/// <summary>What became of the messages of each link, as shares of those sent and copied.</summary>
public static class LedgerPlot
{
    private const int HeightOfFrame = 230;
    private const int HeightOfBar = 85;
    private const int MostBars = 16;
    private const double Thickness = 0.7;

    // Room beyond 100 % for the values of pieces that are too narrow to hold them.
    private const double Right = 140;
    private const double NarrowestWithValue = 11;

    /// <summary>Draws the figure into a run directory, as PNG and SVG.</summary>
    /// <param name="directory">Where to.</param>
    /// <param name="summary">The run.</param>
    public static void Save(RunDirectory directory, RunSummary summary)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(summary);
        LedgerSummary ledger = summary.Ledger;
        string balance = ledger.Unaccounted == 0
            ? "all accounted for"
            : $"{ProgressText.Count(ledger.Unaccounted)} unaccounted for";
        Plot plot = PlotStyle.Make(
            $"{summary.Name}, seed {summary.Seed}: {ProgressText.Count(ledger.Sent)} messages, {balance}",
            "share of messages and their copies (%)");
        LedgerEntry[] links = [.. Largest(ledger.Links)];
        for (int row = 0; row < links.Length; row++)
            Stack(plot, links[row], links.Length - 1 - row);
        plot.Axes.Left.TickGenerator = new NumericManual(
            [.. links.Select((link, row) => new Tick(links.Length - 1 - row, Name(link)))]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.Bottom.TickGenerator = new NumericManual(
            [0, 20, 40, 60, 80, 100], ["0", "20", "40", "60", "80", "100"]);
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.Axes.Bottom.FrameLineStyle.IsVisible = false;
        ShowFates(plot, links);
        plot.Axes.SetLimits(0, Right, -0.6, Math.Max(0.6, links.Length - 0.4));
        PlotStyle.Save(plot, directory, RunFiles.Ledger, HeightOfFrame + (HeightOfBar * Math.Max(2, links.Length)));
    }

    private static IEnumerable<LedgerEntry> Largest(IReadOnlyList<LedgerEntry> links)
    {
        if (links.Count <= MostBars)
            return links;
        LedgerEntry[] bySize = [.. links.OrderByDescending(link => link.Sent)];
        LedgerEntry[] rest = bySize[(MostBars - 1)..];
        LedgerSummary sum = LedgerSummary.Of(rest);
        return bySize[..(MostBars - 1)].Append(new(
            $"{rest.Length} other links",
            sum.Sent,
            sum.Delivered,
            sum.Lost,
            sum.Cut,
            sum.Duplicates,
            sum.InFlight,
            sum.Superseded,
            sum.Late)
        {
            RealLost = sum.RealLost,
            Conflated = sum.Conflated,
        });
    }

    private static string Name(LedgerEntry link) => $"{link.Link}\n{ProgressText.Count(link.Sent)} sent";

    private static void Stack(Plot plot, LedgerEntry link, int row)
    {
        double all = Math.Max(1, link.Sent + link.Duplicates);
        double from = 0;
        var narrow = new List<string>();
        foreach (Fate fate in Fate.All)
        {
            long count = fate.CountOf(link);
            if (count <= 0)
                continue;
            double width = 100 * count / all;
            AddPiece(plot, row, from, width, fate.Colour);
            (string share, string value) = (Share(count / all), ProgressText.Count(count));
            if (width < NarrowestWithValue)
                narrow.Add($"{share} {fate.Short}, {value}");
            else
                PlotStyle.Note(plot, from + (width / 2), row, $"{share}\n{value}", fate.Text, Alignment.MiddleCenter);
            from += width;
        }

        string values = string.Join('\n', narrow);
        PlotStyle.Note(plot, Math.Max(100, from) + 1, row, values, PlotStyle.GreyText, Alignment.MiddleLeft);
    }

    // A share that is not zero must not be shown as zero.
    private static string Share(double share) => share < 0.0005 ? "< 0.1 %" : ProgressText.Percent(share);

    private static void AddPiece(Plot plot, int row, double from, double width, Color colour)
    {
        var bar = plot.Add.Bar(new Bar
        {
            Position = row,
            ValueBase = from,
            Value = from + width,
            FillColor = colour,
            LineWidth = 0,
            Orientation = Orientation.Horizontal,
            Size = Thickness,
        });
        bar.Horizontal = true;
    }

    private static void ShowFates(Plot plot, LedgerEntry[] links)
    {
        foreach (Fate fate in Fate.All.Where(fate => links.Any(link => fate.CountOf(link) > 0)))
            plot.Legend.ManualItems.Add(new() { LabelText = fate.Name, FillColor = fate.Colour, LineWidth = 0 });
        PlotStyle.ShowLegendBelow(plot);
    }
}

/// <summary>What can become of a message, in the order of the bars. Each message and copy has one fate.</summary>
/// <param name="Name">As the legend calls it.</param>
/// <param name="Short">As a value beside a bar calls it.</param>
/// <param name="Colour">Colour of its piece.</param>
/// <param name="Text">Colour of text on the piece.</param>
/// <param name="CountOf">Messages of a link that had it.</param>
internal sealed record Fate(string Name, string Short, Color Colour, Color Text, Func<LedgerEntry, long> CountOf)
{
    internal static IReadOnlyList<Fate> All { get; } =
    [
        new("delivered and used", "used", PlotStyle.Blue, Colors.White, link => link.Delivered - link.Superseded),
        new("superseded by a newer one", "superseded", PlotStyle.Sky, Colors.Black, link => link.Superseded),
        new("lost", "lost", PlotStyle.Vermilion, Colors.White, link => link.Lost),
        new("cut", "cut", PlotStyle.Orange, Colors.Black, link => link.Cut),
        new("conflated by the sender", "conflated", PlotStyle.SkyText, Colors.White, link => link.Conflated),
        new("lost by the network", "really lost", PlotStyle.GreyText, Colors.White, link => link.RealLost),
        new("in flight", "in flight", PlotStyle.Grey, Colors.Black, link => link.InFlight),
    ];
}
