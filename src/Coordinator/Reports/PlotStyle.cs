using Nudge.Recording;
using ScottPlot;
using ScottPlot.Plottables;

namespace Nudge.Reports;

/// <summary>
/// The look of all figures. The colours are those of Okabe and Ito (2008), which colour-blind readers can distinguish.
/// </summary>
internal static class PlotStyle
{
    internal const int Width = 1200;
    internal const float TextSize = 19;
    private const float TitleSize = 25;
    private const float AxisSize = 21;
    private const float TickSize = 18;
    private const float RightMargin = 36;
    private const float KeySpace = 12;

    internal static Color Blue { get; } = Color.FromHex("#0072B2");

    internal static Color Sky { get; } = Color.FromHex("#56B4E9");

    internal static Color Vermilion { get; } = Color.FromHex("#D55E00");

    internal static Color Orange { get; } = Color.FromHex("#E69F00");

    internal static Color Grey { get; } = Color.FromHex("#999999");

    /// <summary>Sky is too light to read as text on white.</summary>
    internal static Color SkyText { get; } = Color.FromHex("#2F86B8");

    internal static Color GreyText { get; } = Color.FromHex("#595959");

    internal static Plot Make(string title, string across)
    {
        var plot = new Plot();
        plot.Font.Set(PlotFont.Family);
        plot.Title(title, TitleSize);
        plot.Axes.Title.Label.Bold = false;
        plot.XLabel(across, AxisSize);
        plot.Axes.Bottom.Label.Bold = false;
        plot.Axes.Bottom.TickLabelStyle.FontSize = TickSize;
        plot.Axes.Left.TickLabelStyle.FontSize = TickSize;
        plot.Axes.Left.Label.FontSize = AxisSize;
        plot.Axes.Left.Label.Bold = false;
        plot.Grid.MajorLineColor = Colors.Black.WithAlpha(.1);
        // Otherwise half of the last tick's number would lie outside.
        plot.Axes.Right.MinimumSize = RightMargin;
        plot.Axes.Right.FrameLineStyle.IsVisible = false;
        plot.Axes.Top.FrameLineStyle.IsVisible = false;
        return plot;
    }

    internal static Text Note(Plot plot, double x, double y, string text, Color colour, Alignment alignment)
    {
        var label = plot.Add.Text(text, x, y);
        label.LabelFontName = PlotFont.Family;
        label.LabelFontColor = colour;
        label.LabelFontSize = TextSize;
        label.LabelAlignment = alignment;
        return label;
    }

    /// <summary>Explains the marks in a line below the figure.</summary>
    internal static void ShowLegendBelow(Plot plot)
    {
        // The library leaves the whole figure white where the legend below it has no size.
        if (plot.Legend.GetItems().Length == 0)
            return;
        plot.Legend.FontSize = TextSize;
        plot.Legend.FontName = PlotFont.Family;
        plot.Legend.TightHorizontalWrapping = true;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.InterItemPadding = new(KeySpace, KeySpace, 4, 4);
        plot.ShowLegend(Edge.Bottom);
        plot.Legend.Orientation = Orientation.Horizontal;
    }

    /// <summary>Saves a figure as PNG and SVG.</summary>
    internal static void Save(Plot plot, RunDirectory directory, string name, int height)
    {
        byte[] png = plot.GetImageBytes(Width, height, ImageFormat.Png);
        directory.Write($"{name}.png", stream => stream.Write(png));
        directory.WriteText($"{name}.svg", PlotFont.NameSubstitutes(plot.GetSvgXml(Width, height)));
    }
}
