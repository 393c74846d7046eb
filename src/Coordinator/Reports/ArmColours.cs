using Nudge.Reproductions;
using ScottPlot;

namespace Nudge.Reports;

/// <summary>How each arm looks in all figures: a colour a series, and in it a tint and a mark an arm.</summary>
internal sealed class ArmColours
{
    private const double DarkestTint = 0.55;

    private static readonly Color[] Palette =
    [
        PlotStyle.Blue, PlotStyle.Vermilion, Color.FromHex("#009E73"), Color.FromHex("#CC79A7"), PlotStyle.Orange,
        PlotStyle.Sky, PlotStyle.Grey,
    ];

    // Marks and not dashes: the writer of SVG knows no dashed lines.
    private static readonly MarkerShape[] Shapes =
    [
        MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond,
        MarkerShape.FilledTriangleDown,
    ];

    private readonly Dictionary<string, (Color Colour, Color Tint, MarkerShape Shape)> _looks = [];

    internal ArmColours(IReadOnlyList<Arm> arms)
    {
        string[] series = [.. arms.Select(SeriesOf).Distinct()];
        for (int i = 0; i < series.Length; i++)
        {
            Color colour = Palette[i % Palette.Length];
            Arm[] members = [.. arms.Where(arm => SeriesOf(arm) == series[i])];
            for (int j = 0; j < members.Length; j++)
            {
                double white = DarkestTint * (members.Length - 1 - j) / members.Length;
                _looks[members[j].Name] = (colour, colour.MixedWith(Colors.White, white), Shapes[j % Shapes.Length]);
            }
        }
    }

    /// <summary>The colour of an arm's series.</summary>
    internal Color Of(string arm) => _looks[arm].Colour;

    /// <summary>A tint of it that distinguishes the arm from the others of its series.</summary>
    internal Color TintOf(string arm) => _looks[arm].Tint;

    /// <summary>The mark of its points.</summary>
    internal MarkerShape ShapeOf(string arm) => _looks[arm].Shape;

    private static string SeriesOf(Arm arm) => arm.Series ?? arm.Name;
}
