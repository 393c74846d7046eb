using ScottPlot;

namespace Nudge.Reports;

/// <summary>The look of all figures. The colours are those of Okabe and Ito (2008), which colour-blind readers can tell apart.</summary>
internal static class PlotStyle
{
    internal const int Width = 1200;
    internal const int Height = 750;

    internal static Color Blue { get; } = Color.FromHex("#0072B2");

    internal static Color Sky { get; } = Color.FromHex("#56B4E9");

    internal static Color Orange { get; } = Color.FromHex("#E69F00");

    internal static Color Red { get; } = Color.FromHex("#D55E00");

    internal static Color Green { get; } = Color.FromHex("#009E73");

    internal static Color Grey { get; } = Color.FromHex("#888888");

    internal static Plot Make(string title, string across, string up)
    {
        var plot = new Plot();
        plot.Font.Set(Fonts.Sans);
        plot.Title(title, size: 24);
        plot.XLabel(across, size: 20);
        plot.YLabel(up, size: 20);
        plot.Axes.Bottom.TickLabelStyle.FontSize = 17;
        plot.Axes.Left.TickLabelStyle.FontSize = 17;
        plot.Grid.MajorLineColor = Colors.Black.WithAlpha(.08);
        plot.Axes.Right.IsVisible = false;
        plot.Axes.Top.IsVisible = false;
        return plot;
    }

    /// <summary>Saves a figure as PNG and SVG.</summary>
    internal static void Save(Plot plot, string pathWithoutEnding)
    {
        plot.SavePng(pathWithoutEnding + ".png", Width, Height);
        plot.SaveSvg(pathWithoutEnding + ".svg", Width, Height);
    }
}
