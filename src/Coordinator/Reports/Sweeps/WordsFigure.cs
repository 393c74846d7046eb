using Nudge.Recording;
using Nudge.Statistics;
using Nudge.Sweeps.Analysis;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Nudge.Reports.Sweeps;

/// <summary>Words side by side where no number varies: every seed, and their mean with its 95 % interval.</summary>
internal static class WordsFigure
{
    private const int Frame = 220;
    private const int RowHeight = 76;
    private const double SeedsAt = 0.24;
    private const double SeedHeight = 0.11;
    private const double SeedsReach = 0.44;
    private const int LongestLine = 34;

    internal static void Save(RunDirectory directory, string file, string title, SweepData data)
    {
        Plot plot = PlotStyle.Make(title, data.Measure.Axis);
        IReadOnlyList<int[]> words = data.Choices(data.Wordy);
        var names = new NumericManual();
        for (int i = 0; i < words.Count; i++)
        {
            int row = words.Count - 1 - i;
            names.AddMajor(row, Wrapped(data.Describe(words[i], data.Wordy)));
            // Colours that come again would look like groups.
            Color colour = words.Count > SeriesLook.MostWords
                ? PlotStyle.Blue
                : SeriesLook.Colour(i, words.Count, byWords: true);
            ShowRow(plot, row, [.. data.At(words[i]).Values], data, colour);
        }

        plot.Axes.Left.TickGenerator = names;
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.Axes.Bottom.TickGenerator = ValueTicks.Of(data.Measure);
        plot.Axes.AutoScale();
        plot.Axes.SetLimitsY(-0.6, words.Count - 0.4);
        PlotStyle.Save(plot, directory, file, Frame + (RowHeight * words.Count));
    }

    private static void ShowRow(Plot plot, int row, double[] values, SweepData data, Color colour)
    {
        if (values.Length == 0)
            return;
        var seeds = plot.Add.Markers(
            values.Select(Place).ToArray(),
            Heights(values).Select(height => row + height).ToArray(),
            MarkerShape.FilledCircle,
            10,
            colour.WithAlpha(.6));
        seeds.MarkerLineWidth = 0;
        Interval mean = data.Measure.MeanOf(values);
        if (mean.IsKnown)
        {
            var interval = plot.Add.Line(Place(mean.Low), row, Place(mean.High), row);
            interval.LineStyle = new() { Width = 4, Color = colour };
        }

        plot.Add.Marker(Place(mean.Centre), row, MarkerShape.FilledDiamond, 17, colour);

        double Place(double value) => value * data.Measure.Scale;
    }

    /// <summary>How high above its row each seed stands: equal ones above each other, so that all can be seen.</summary>
    internal static double[] Heights(double[] values)
    {
        int most = values.GroupBy(value => value).Max(equal => equal.Count());
        double step = Math.Min(SeedHeight, SeedsReach / Math.Max(1, most - 1));
        return [.. values.Select((value, i) => SeedsAt + (step * values.Take(i).Count(before => before == value)))];
    }

    /// <summary>A long description in several lines, broken after commas.</summary>
    internal static string Wrapped(string text)
    {
        var lines = new List<string> { "" };
        foreach (string part in text.Split(", "))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + part.Length + 2 > LongestLine)
            {
                lines[^1] += ",";
                lines.Add(part);
            }
            else
            {
                lines[^1] += lines[^1].Length > 0 ? $", {part}" : part;
            }
        }

        return string.Join('\n', lines);
    }
}
