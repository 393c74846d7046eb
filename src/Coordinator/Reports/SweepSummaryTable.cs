using Nudge.Measurements;
using Nudge.Recording;
using Nudge.Sweeps;
using Spectre.Console;

namespace Nudge.Reports;

/// <summary>The end of a sweep in words, for people.</summary>
internal static class SweepSummaryTable
{
    private const int MostRows = 40;

    internal static void Print(TextWriter output, bool isTerminal, SweepSummary summary, Measure measure)
    {
        IAnsiConsole console = ReportConsole.Create(output, isTerminal);
        console.WriteLine();
        console.Write(Points(summary, measure));
        if (Shown(summary).Count > MostRows)
            console.Write(new Text($"… and {Shown(summary).Count - MostRows} more points, in {SweepFiles.Csv}\n"));
        string failed = summary.Failed > 0 ? $", {summary.Failed} failed (the column message gives the reason)" : "";
        console.Write(new Text($"\n{summary.Done} of {summary.Runs} runs done{failed}\nfiles: {summary.OutputDirectory}\n"));
        foreach (RunWarning warning in summary.Warnings)
            console.Write(new Text($"{warning}\n", new Style(Color.Yellow)));
        console.Write(new Text(summary.Interrupted
            ? $"interrupted: go on with nudge sweep --resume {summary.OutputDirectory}\n"
            : $"see it: nudge report {summary.OutputDirectory}\n"));
    }

    private static IReadOnlyList<PointSummary> Shown(SweepSummary summary) =>
        summary.Tuned.Count > 0 ? summary.Tuned : summary.Points;

    private static Table Points(SweepSummary summary, Measure measure)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (string path in Shown(summary)[0].Settings.Keys)
            table.AddColumn(new TableColumn(new Text(path)));
        table.AddColumn(new TableColumn("n").RightAligned());
        table.AddColumn(new TableColumn($"mean {measure.Name}").RightAligned());
        table.AddColumn(new TableColumn("95 % interval").RightAligned());
        foreach (PointSummary point in Shown(summary).Take(MostRows))
        {
            table.AddRow(
            [
                .. point.Settings.Values.Select(value => new Text(value)),
                new Text($"{point.Done}"),
                new Text(point.Mean is double mean ? measure.Text(mean) : "–"),
                new Text(point is { Low: double low, High: double high } ? $"{measure.Digits(low)} to {measure.Text(high)}" : "–"),
            ]);
        }

        return table;
    }
}
