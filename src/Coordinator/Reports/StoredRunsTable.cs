using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nudge.Store;
using Spectre.Console;

namespace Nudge.Reports;

/// <summary>The runs of a store, for people and for programs.</summary>
internal static class StoredRunsTable
{
    private const double Kilo = 1000;

    internal static void Print(TextWriter output, bool isTerminal, IReadOnlyList<StoredRun> runs, bool json)
    {
        if (json)
            output.WriteLine(StoredRunsJson.Of(runs));
        else
            Print(ReportConsole.Create(output, isTerminal), runs);
    }

    private static void Print(IAnsiConsole console, IReadOnlyList<StoredRun> runs)
    {
        if (runs.Count == 0)
        {
            console.Write(new Text("no run\n"));
            return;
        }

        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn(new TableColumn(new Text("run")));
        table.AddColumn(new TableColumn(new Text("written last")));
        foreach (string number in new[] { "slices", "coordinators", "rows, kB", "files, kB" })
            table.AddColumn(new TableColumn(new Text(number)).RightAligned());
        foreach (StoredRun run in runs)
            AddRow(table, run.Run, $"{run.Written:yyyy-MM-dd HH:mm:ss}Z", $"{run.Slices}", $"{run.Coordinators}", Kilobytes(run.RowBytes), Kilobytes(run.FileBytes));
        if (runs.Count > 1)
            AddRow(table, "together", "", $"{runs.Sum(run => run.Slices)}", "", Kilobytes(runs.Sum(run => run.RowBytes)), Kilobytes(Sum(runs)));
        console.Write(table);
    }

    private static long? Sum(IReadOnlyList<StoredRun> runs) => runs.Any(run => run.FileBytes is null) ? null : runs.Sum(run => run.FileBytes);

    private static string Kilobytes(long? bytes) =>
        bytes is long known ? Math.Ceiling(known / Kilo).ToString("N0", CultureInfo.InvariantCulture) : "elsewhere";

    private static void AddRow(Table table, params IEnumerable<string> cells) => table.AddRow(cells.Select(cell => new Text(cell)));
}

/// <summary>How the runs of a store become JSON.</summary>
[JsonSerializable(typeof(IReadOnlyList<StoredRun>))]
internal sealed partial class StoredRunsJson : JsonSerializerContext
{
    private static readonly StoredRunsJson Written = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
    });

    internal static string Of(IReadOnlyList<StoredRun> runs) => JsonSerializer.Serialize(runs, Written.IReadOnlyListStoredRun);
}
