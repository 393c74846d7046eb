using Nudge.Reproductions;
using ScottPlot;

namespace Nudge.Reports;

/// <summary>How each arm looks in all figures: a colour for each series, a line pattern for each arm within it.</summary>
internal sealed class ArmColours
{
    private static readonly Color[] Palette =
    [
        PlotStyle.Blue, PlotStyle.Vermilion, Color.FromHex("#009E73"), Color.FromHex("#CC79A7"), PlotStyle.Orange,
        PlotStyle.Sky, PlotStyle.Grey,
    ];

    private static readonly LinePattern[] Patterns =
        [LinePattern.Solid, LinePattern.Dashed, LinePattern.Dotted, LinePattern.DenselyDashed];

    private readonly Dictionary<string, (Color Colour, LinePattern Pattern)> _looks = [];

    internal ArmColours(IReadOnlyList<Arm> arms)
    {
        string[] series = [.. arms.Select(SeriesOf).Distinct()];
        for (int i = 0; i < series.Length; i++)
        {
            Arm[] members = [.. arms.Where(arm => SeriesOf(arm) == series[i])];
            for (int j = 0; j < members.Length; j++)
                _looks[members[j].Name] = (Palette[i % Palette.Length], Patterns[j % Patterns.Length]);
        }
    }

    internal Color Of(string arm) => _looks[arm].Colour;

    internal LinePattern PatternOf(string arm) => _looks[arm].Pattern;

    private static string SeriesOf(Arm arm) => arm.Series ?? arm.Name;
}
