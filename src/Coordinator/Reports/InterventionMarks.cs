using System.Globalization;
using Nudge.Recording;
using ScottPlot;

namespace Nudge.Reports;

/// <summary>The interventions of a run in a figure over presentations: dashed lines with numbers, which a list below explains.</summary>
internal sealed class InterventionMarks
{
    // Two numbers that are nearer than this, as a share of the axis, would overlap; they become one text.
    private const double LeastDistance = 0.035;
    private const int MostExplained = 12;
    private const int MostLetters = 56;
    private const int MostInOneColumn = 3;
    private readonly IReadOnlyList<InterventionSummary> _made;

    internal InterventionMarks(IReadOnlyList<InterventionSummary> made) => _made = made;

    internal bool IsAny => _made.Count > 0;

    /// <summary>Draws the lines and their numbers.</summary>
    /// <param name="plot">The figure.</param>
    /// <param name="length">Length of the axis in presentations.</param>
    /// <param name="height">Where the numbers are centred, in units of the vertical axis.</param>
    internal void Show(Plot plot, double length, double height)
    {
        foreach (InterventionSummary one in _made)
            plot.Add.VerticalLine(one.Presentations, 1.5f, PlotStyle.Vermilion, LinePattern.Dashed);
        foreach ((double place, string numbers) in Numbers(LeastDistance * length))
            PlotStyle.Note(plot, place, height, numbers, PlotStyle.Vermilion, Alignment.MiddleCenter).LabelBackgroundColor = Colors.White;
    }

    /// <summary>Explains the numbers below the figure; gives the pixels that this adds to its height.</summary>
    internal int Explain(Plot plot)
    {
        if (_made.Count == 0)
            return 0;
        var list = new TextPanel(Explained(), _made.Count > MostInOneColumn ? 2 : 1, PlotStyle.GreyText);
        plot.Axes.AddPanel(list);
        return list.Height;
    }

    private IEnumerable<(double Place, string Numbers)> Numbers(double least)
    {
        for (int first = 0; first < _made.Count;)
        {
            int last = first;
            while (last + 1 < _made.Count && _made[last + 1].Presentations - _made[last].Presentations < least)
                last++;
            string numbers = first == last ? Number(first) : $"{Number(first)}–{Number(last)}";
            yield return ((_made[first].Presentations + _made[last].Presentations) / 2.0, numbers);
            first = last + 1;
        }
    }

    private IEnumerable<string> Explained()
    {
        int shown = _made.Count > MostExplained ? MostExplained - 1 : _made.Count;
        foreach (InterventionSummary one in _made.Take(shown))
        {
            // One space: SVG makes one of several, and the letters behind them would lie in the wrong places.
            string text = $"{one.Number} {one.Name}: {one.Text}";
            yield return text.Length > MostLetters ? text[..(MostLetters - 1)] + "…" : text;
        }

        if (shown < _made.Count)
            yield return $"… and {_made.Count - shown} more, in {RunFiles.Summary}";
    }

    private string Number(int index) => _made[index].Number.ToString(CultureInfo.InvariantCulture);
}
