using Nudge.Recording;
using Nudge.Sweeps.Analysis;

namespace Nudge.Reports.Sweeps;

/// <summary>Draws the figures of a report, and remembers which there are.</summary>
internal sealed class SweepFigures(RunDirectory directory, SweepData data, string experiment)
{
    private const int MostMaps = 24;
    private readonly FigureNames _names = new();
    private readonly List<SweepFigure> _drawn = [];

    internal IReadOnlyList<SweepFigure> Drawn => _drawn;

    internal SweepFigure Curves(CurveFamily family, IReadOnlyList<CurveTolerance> shown)
    {
        string setting = Short(family.Axis);
        string file = _names.Of("curve", setting, family.Split);
        bool byNumber = !family.ByWords && family.Shown.Count > 1;
        string[] given = [byNumber ? $"by {OtherNumber(family.Axis)}" : "", family.Held];
        string where = string.Join(", ", given.Where(part => part.Length > 0));
        string title = $"{experiment}: {data.Measure.Name} over {setting}{(where.Length > 0 ? $" ({where})" : "")}";
        CurveFigure.Save(directory, file, title, data, family, shown);
        string fewer = family.Shown.Count < family.Curves.Count
            ? $" {family.Shown.Count} of {family.Curves.Count} curves are shown."
            : "";
        return Add(file, title, $"Means over seeds with their 95 % intervals (Student's t).{fewer}");
    }

    internal SweepFigure Words()
    {
        string file = _names.Of("words");
        string title = $"{experiment}: {data.Measure.Name} by {string.Join(" × ", data.Wordy.Select(Short))}";
        WordsFigure.Save(directory, file, title, data);
        return Add(file, title, "Small dots: single seeds, equal ones above each other. Diamonds: their means, with 95 % intervals (Student's t).");
    }

    internal IEnumerable<SweepFigure> HeatMaps()
    {
        var pairs = data.Numeric.SelectMany((first, i) => data.Numeric.Skip(i + 1).Select(second => (first, second)));
        foreach ((int first, int second) in pairs)
        {
            int[] held = [.. data.Numeric.Where(i => i != first && i != second)];
            foreach (int[] choice in data.Choices(data.Wordy).Take(MostMaps))
                yield return HeatMap(first, second, choice, [.. data.Wordy, .. held]);
        }
    }

    internal void Show(IReportPage page, SweepFigure figure) =>
        page.Figure(figure.File, File.ReadAllBytes(directory.FilePath($"{figure.File}.svg")), figure.Title, figure.Caption);

    private SweepFigure HeatMap(int first, int second, int[] choice, int[] named)
    {
        string where = data.Describe(choice, named);
        string file = _names.Of("heat", Short(first), Short(second), where);
        string title = $"{experiment}: {data.Measure.Axis}{(where.Length > 0 ? $"; {where}" : "")}";
        HeatMapFigure.Save(directory, file, title, data, (first, second), choice);
        string given = where.Length > 0 ? $" at {where}" : "";
        return Add(file, title, $"Mean {data.Measure.Name} over seeds, by {Short(first)} and {Short(second)}{given}.");
    }

    private SweepFigure Add(string file, string title, string caption)
    {
        var figure = new SweepFigure(file, title, caption);
        _drawn.Add(figure);
        return figure;
    }

    private string OtherNumber(int axis) => Short(data.Numeric.First(i => i != axis));

    private string Short(int setting) => data.Grid.Names.Of(data.Grid.Variations[setting].Path);
}

/// <summary>A figure that a report has drawn.</summary>
/// <param name="File">Its name, without the ending <c>.png</c> or <c>.svg</c>.</param>
/// <param name="Title">Its title, which stands for it where it cannot be seen.</param>
/// <param name="Caption">What it shows, in a sentence.</param>
internal sealed record SweepFigure(string File, string Title, string Caption);

/// <summary>Names for the files of figures: letters, digits and dashes, none of them twice.</summary>
internal sealed class FigureNames
{
    private const int Longest = 80;
    private readonly HashSet<string> _taken = [];

    internal string Of(params string[] parts)
    {
        string words = string.Join('-', parts.Where(part => part.Length > 0));
        string name = string.Concat(words.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
        name = string.Join('-', name.Split('-', StringSplitOptions.RemoveEmptyEntries));
        name = name.Length > Longest ? name[..Longest] : name;
        string free = name;
        for (int number = 2; !_taken.Add(free); number++)
            free = $"{name}-{number}";
        return free;
    }
}
