using Nudge.Recording;
using Nudge.Statistics;
using Nudge.Sweeps;
using Nudge.Sweeps.Analysis;
using ScottPlot;
using ScottPlot.Colormaps;
using ScottPlot.TickGenerators;

namespace Nudge.Reports.Sweeps;

/// <summary>The mean of the measure over two settings, a cell for each pair of values, with its number.</summary>
internal static class HeatMapFigure
{
    private const int Frame = 210;
    private const int RowHeight = 96;
    private const int MostNumbers = 14;
    private const double Gap = 0.02;

    internal static void Save(
        RunDirectory directory, string file, string title, SweepData data, (int Across, int Up) axes, int[] choice)
    {
        Variation across = data.Grid.Variations[axes.Across];
        Variation up = data.Grid.Variations[axes.Up];
        int[] columns = Sorted(across);
        int[] rows = Sorted(up);
        double?[,] means = Means(data, axes, choice, columns, rows);
        double[] known = [.. means.OfType<double>().DefaultIfEmpty(0)];
        Plot plot = PlotStyle.Make(title, across.Path);
        plot.YLabel(up.Path);
        for (int x = 0; x < columns.Length; x++)
        {
            for (int y = 0; y < rows.Length; y++)
                ShowCell(plot, (x, y), means[x, y], (known.Min(), known.Max()), data, columns.Length <= MostNumbers);
        }

        plot.Axes.Bottom.TickGenerator = Ticks(across, columns);
        plot.Axes.Left.TickGenerator = Ticks(up, rows);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.Left.FrameLineStyle.IsVisible = false;
        plot.Axes.Bottom.FrameLineStyle.IsVisible = false;
        plot.HideGrid();
        plot.Axes.SetLimits(-0.5, columns.Length - 0.5, -0.5, rows.Length - 0.5);
        PlotStyle.Save(plot, directory, file, Frame + (RowHeight * Math.Clamp(rows.Length, 3, 10)));
    }

    private static int[] Sorted(Variation one) => [.. Enumerable.Range(0, one.Values.Count).OrderBy(i => one.Numbers[i])];

    private static double?[,] Means(SweepData data, (int Across, int Up) axes, int[] choice, int[] columns, int[] rows)
    {
        double?[,] means = new double?[columns.Length, rows.Length];
        for (int x = 0; x < columns.Length; x++)
        {
            for (int y = 0; y < rows.Length; y++)
            {
                int[] at = SweepData.With(SweepData.With(choice, axes.Across, columns[x]), axes.Up, rows[y]);
                IReadOnlyDictionary<ulong, double> values = data.At(at);
                means[x, y] = values.Count == 0 ? null : Sample.Mean([.. values.Values]);
            }
        }

        return means;
    }

    // Rectangles and not a picture: they stay sharp at any size, and their numbers stay text.
    private static void ShowCell(
        Plot plot, (int X, int Y) at, double? mean, (double Low, double High) range, SweepData data, bool numbers)
    {
        double half = 0.5 - Gap;
        var cell = plot.Add.Rectangle(at.X - half, at.X + half, at.Y - half, at.Y + half);
        cell.LineWidth = 0;
        double part = range.High > range.Low && mean is double value ? (value - range.Low) / (range.High - range.Low) : 1;
        Color colour = mean is null ? PlotStyle.Grey.WithAlpha(.3) : new Viridis().GetColor(part);
        cell.FillColor = colour;
        if (!numbers && mean is not null)
            return;
        Color ink = mean is null ? PlotStyle.GreyText : part > 0.55 ? Colors.Black : Colors.White;
        string text = mean is double shown ? data.Measure.Digits(shown) : "failed";
        PlotStyle.Note(plot, at.X, at.Y, text, ink, Alignment.MiddleCenter);
    }

    private static NumericManual Ticks(Variation one, int[] order)
    {
        var ticks = new NumericManual();
        for (int i = 0; i < order.Length; i++)
            ticks.AddMajor(i, Variation.Shown(one.Values[order[i]]));
        return ticks;
    }
}
