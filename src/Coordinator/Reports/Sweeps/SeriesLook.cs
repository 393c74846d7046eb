using ScottPlot;
using ScottPlot.Colormaps;

namespace Nudge.Reports.Sweeps;

/// <summary>How each curve of a family looks: colours of their own for words, steps of one scale for numbers.</summary>
internal static class SeriesLook
{
    // The end of the scale is too light for white paper.
    private const double Lightest = 0.82;

    private static readonly Color[] Words =
    [
        PlotStyle.Blue, PlotStyle.Vermilion, Color.FromHex("#009E73"), Color.FromHex("#CC79A7"), PlotStyle.Orange,
        PlotStyle.Sky, PlotStyle.Grey, Colors.Black,
    ];

    private static readonly MarkerShape[] Marks =
    [
        MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond,
        MarkerShape.FilledTriangleDown,
    ];

    /// <summary>Words that have a colour of their own.</summary>
    internal static int MostWords => Words.Length;

    internal static Color Colour(int number, int count, bool byWords) =>
        byWords || count == 1
            ? Words[number % Words.Length]
            : new Viridis().GetColor(Lightest * number / (count - 1));

    internal static MarkerShape Mark(int number) => Marks[number % Marks.Length];
}
