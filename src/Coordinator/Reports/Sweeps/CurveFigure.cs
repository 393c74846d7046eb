using Nudge.Recording;
using Nudge.Sweeps;
using Nudge.Sweeps.Analysis;
using ScottPlot;

namespace Nudge.Reports.Sweeps;

/// <summary>The curves over one setting: means with 95 % intervals over seeds, and the tolerances where there is room.</summary>
internal static class CurveFigure
{
    private const int Height = 820;
    private const int FewCurves = 3;
    private const double Dodge = 0.006;

    internal static void Save(
        RunDirectory directory,
        string file,
        string title,
        SweepData data,
        CurveFamily family,
        IReadOnlyList<CurveTolerance> shown)
    {
        Variation axis = data.Grid.Variations[family.Axis];
        var scale = new AxisScale(axis.Numbers);
        Plot plot = PlotStyle.Make(title, scale.IsLogarithmic ? $"{axis.Path} (logarithmic)" : axis.Path);
        plot.YLabel(data.Measure.Axis);
        double[] places = [.. axis.Numbers.Select(scale.Place).Order()];
        double width = places[^1] - places[0];
        for (int i = 0; i < family.Shown.Count; i++)
        {
            double aside = Dodge * width * (i - ((family.Shown.Count - 1) / 2.0));
            ShowCurve(plot, family, i, data, scale, aside);
            // Only accuracy has tolerances.
            if (family.Shown.Count <= FewCurves && shown.Count > 0)
                ShowTolerances(plot, shown[i], scale, data, SeriesLook.Colour(i, family.Shown.Count, family.ByWords));
        }

        plot.Axes.Bottom.TickGenerator = SettingTicks.Of(axis.Numbers, scale);
        plot.Axes.Left.TickGenerator = ValueTicks.Of(data.Measure);
        ShowKey(plot, family, shown);
        (double low, double high) = Limits(data, family);
        if (data.Chance is double chance && chance * data.Measure.Scale is double level && level > low && level < high)
            ShowChance(plot, level, places, width);
        plot.Axes.SetLimits(places[0] - (0.04 * width), places[^1] + (0.04 * width), low, high);
        PlotStyle.Save(plot, directory, file, Height);
    }

    private static void ShowCurve(Plot plot, CurveFamily family, int number, SweepData data, AxisScale scale, double aside)
    {
        ToleranceCurve curve = family.Shown[number];
        Color colour = SeriesLook.Colour(number, family.Shown.Count, family.ByWords);
        foreach (CurveSample sample in curve.Samples.Where(sample => sample.Mean.IsKnown))
        {
            double x = scale.Place(sample.X) + aside;
            var bar = plot.Add.Line(x, Place(data, sample.Mean.Low), x, Place(data, sample.Mean.High));
            bar.LineWidth = 2.5f;
            bar.LineColor = colour.WithAlpha(.55);
        }

        var line = plot.Add.Scatter(
            curve.Samples.Select(sample => scale.Place(sample.X) + aside).ToArray(),
            curve.Samples.Select(sample => Place(data, sample.Mean.Centre)).ToArray(),
            colour);
        line.LineWidth = 3;
        line.MarkerSize = 11;
        line.MarkerShape = SeriesLook.Mark(number);
        if (curve.Name.Length > 0)
            line.LegendText = curve.Name;
    }

    // Open marks, with a thin line for the interval: where accuracy has fallen by a point, and halfway to chance.
    private static void ShowTolerances(Plot plot, CurveTolerance one, AxisScale scale, SweepData data, Color colour)
    {
        double[] means = [.. one.Curve.Samples.Select(sample => sample.Mean.Centre)];
        if (means.Length == 0)
            return;
        double best = Math.Max(means[0], means[^1]);
        Show(one.OnePoint, best - 0.01, MarkerShape.OpenDiamond);
        if (one.Halfway is { } halfway && data.Chance is double chance)
            Show(halfway, best - ((best - chance) / 2), MarkerShape.OpenSquare);

        void Show(Tolerance tolerance, double height, MarkerShape shape)
        {
            if (tolerance.At is not double at)
                return;
            double y = Place(data, height);
            if (tolerance is { Low: double low, High: double high })
            {
                var interval = plot.Add.Line(scale.Place(low), y, scale.Place(high), y);
                interval.LineStyle = new() { Width = 2, Color = colour };
            }

            var mark = plot.Add.Marker(scale.Place(at), y, shape, 18, colour);
            mark.MarkerStyle.LineWidth = 2.5f;
        }
    }

    private static void ShowChance(Plot plot, double level, double[] places, double width)
    {
        plot.Add.HorizontalLine(level, 1.5f, PlotStyle.Grey);
        PlotStyle.Note(plot, places[0] - (0.035 * width), level, "chance", PlotStyle.GreyText, Alignment.LowerLeft);
    }

    private static void ShowKey(Plot plot, CurveFamily family, IReadOnlyList<CurveTolerance> shown)
    {
        if (family.Shown.Count <= FewCurves && shown.Any(one => one.OnePoint.At is not null))
            Add("one point lower", MarkerShape.OpenDiamond);
        if (family.Shown.Count <= FewCurves && shown.Any(one => one.Halfway?.At is not null))
            Add("halfway to chance", MarkerShape.OpenSquare);
        PlotStyle.ShowLegendBelow(plot);

        void Add(string text, MarkerShape shape) => plot.Legend.ManualItems.Add(new()
        {
            LabelText = text,
            MarkerStyle = new(shape, 15, PlotStyle.GreyText) { LineColor = PlotStyle.GreyText, LineWidth = 2 },
        });
    }

    private static (double Low, double High) Limits(SweepData data, CurveFamily family)
    {
        double[] all =
        [
            .. family.Shown.SelectMany(curve => curve.Samples).SelectMany(sample => sample.Mean.IsKnown
                ? new[] { sample.Mean.Low, sample.Mean.High }
                : [sample.Mean.Centre]).Select(value => Place(data, value)).DefaultIfEmpty(0),
        ];
        double margin = 0.06 * Math.Max(all.Max() - all.Min(), Math.Pow(10, -data.Measure.Decimals));
        return (all.Min() - margin, all.Max() + margin);
    }

    private static double Place(SweepData data, double value) => value * data.Measure.Scale;
}
