using System.Globalization;
using System.Text;
using Nudge.Recording;
using Nudge.Running;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Nudge.Reports;

/// <summary>
/// The learning curve of a run on a terminal: the running accuracy as a line, evaluations as dots, interventions as dotted lines with
/// their numbers on the axis. Nothing where the terminal is too small for it.
/// </summary>
internal sealed class TerminalCurve(RunProgress progress, string rates) : Renderable
{
    private const int LeastHeight = 24;
    private const int LeastWidth = 64;
    private const int LeastRows = 10;
    private const int MostRows = 16;

    // Lines of the terminal that are left to what is said, and those of the display around the curve.
    private const int OtherLines = LeastHeight - LeastRows;
    private const int LabelWidth = 7;
    private const int MostColumns = 110;
    private const char Evaluated = '●';
    private const char Changed = '┊';
    private const string Key = "⣀⠤⠒ training   ● held out";
    private static readonly Style Line = new(Color.DeepSkyBlue2);
    private static readonly Style Mark = new(decoration: Decoration.Bold);
    private static readonly Style Change = new(Color.DarkOrange);
    private static readonly Style Frame = new(Color.Grey);

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        int height = options.ConsoleSize.Height;
        if (!options.Unicode || height < LeastHeight || maxWidth < LeastWidth)
            return [];
        int columns = Math.Min(maxWidth - LabelWidth - 1, MostColumns);
        int rows = Math.Clamp(height - OtherLines, LeastRows, MostRows);
        return Draw(columns, rows);
    }

    private IEnumerable<Segment> Draw(int columns, int rows)
    {
        var canvas = new BrailleCanvas(columns, rows);
        canvas.Line(Points());
        HashSet<(int Column, int Row)> evaluated =
        [
            .. progress.Samples.Where(row => row.Accuracy is not null)
                .Select(row => (canvas.ColumnOf(Place(row.Presentations)), canvas.RowOf(row.Accuracy!.Value))),
        ];
        int[] changed = [.. progress.Interventions.Select(at => canvas.ColumnOf(Place(at)))];
        yield return new(rates, Frame);
        yield return Segment.LineBreak;
        for (int row = 0; row < rows; row++)
        {
            yield return new(Label(row, rows), Frame);
            for (int column = 0; column < columns; column++)
            {
                char line = canvas[column, row];
                yield return evaluated.Contains((column, row)) ? new($"{Evaluated}", Mark)
                    : line != ' ' ? new($"{line}", Line)
                    : changed.Contains(column) ? new($"{Changed}", Change)
                    : new(" ");
            }

            yield return Segment.LineBreak;
        }

        foreach (Segment segment in Axis(columns, changed))
            yield return segment;
        yield return Segment.LineBreak;
        yield return new(Below(columns), Frame);
        yield return Segment.LineBreak;
    }

    private List<(double X, double Y)> Points()
    {
        var points = new List<(double X, double Y)>();
        foreach (MetricsRow row in progress.Samples.Where(row => !double.IsNaN(row.RunningAccuracy)))
            points.Add((Place(row.Presentations), row.RunningAccuracy));
        if (!double.IsNaN(progress.RunningAccuracy))
            points.Add((progress.Done, progress.RunningAccuracy));
        return points;
    }

    private double Place(long presentations) => progress.Total == 0 ? 0 : (double)presentations / progress.Total;

    private static string Label(int row, int rows)
    {
        string text = row == 0 ? "100 %" : row == rows / 2 ? "50 %" : row == rows - 1 ? "0 %" : "";
        return $"{text,LabelWidth - 1}{(text.Length > 0 ? '┤' : '│')}";
    }

    private static IEnumerable<Segment> Axis(int columns, int[] changed)
    {
        string?[] texts = new string?[columns];
        for (int i = 0; i < changed.Length; i++)
        {
            string number = (i + 1).ToString(CultureInfo.InvariantCulture);
            int from = Math.Min(changed[i], columns - number.Length);
            // Of numbers that do not fit next to each other the first stays.
            if (texts.AsSpan(Math.Max(0, from - 1), Math.Min(number.Length + 1, columns - Math.Max(0, from - 1))).ContainsAnyExcept((string?)null))
                continue;
            for (int k = 0; k < number.Length; k++)
                texts[from + k] = number[k..(k + 1)];
        }

        yield return new($"{"",LabelWidth - 1}└", Frame);
        foreach (string? text in texts)
            yield return text is null ? new("─", Frame) : new(text, Change);
    }

    private string Below(int columns)
    {
        var text = new StringBuilder(new string(' ', LabelWidth + columns));
        string end = ProgressText.Count(progress.Total);
        Put(LabelWidth, "0");
        Put(LabelWidth + columns - end.Length, end);
        string key = progress.Interventions.Count > 0 ? $"{Key}   {Changed} change" : Key;
        Put(LabelWidth + ((columns - key.Length) / 2), key);
        return text.ToString();

        void Put(int at, string what) => text.Remove(at, what.Length).Insert(at, what);
    }
}
