using System.Globalization;
using Nudge.Inspection;
using Nudge.Messages;
using Spectre.Console;

namespace Nudge.Reports;

/// <summary>The status of a cluster for people.</summary>
internal static class ClusterStatusTable
{
    internal static void Print(TextWriter output, bool isTerminal, ClusterStatus status)
    {
        Print(ReportConsole.Create(output, isTerminal), status);
    }

    /// <summary>Prints the status as it is at a time: in place of what a terminal shows, or below an earlier one.</summary>
    internal static void PrintAgain(TextWriter output, bool isTerminal, ClusterStatus status, DateTimeOffset time)
    {
        IAnsiConsole console = ReportConsole.Create(output, isTerminal);
        if (isTerminal)
            console.Clear();
        console.Write(new Text($"{time:yyyy-MM-dd HH:mm:ss}Z\n"));
        Print(console, status);
    }

    private static void Print(IAnsiConsole console, ClusterStatus status)
    {
        console.Write(Members(status));
        foreach (RunStatus run in status.Runs)
        {
            console.Write(new Text($"run {run.Run}, conducted by {run.Coordinator}\n"));
            console.Write(Slices(run));
        }

        if (status.Runs.Count == 0)
            console.Write(new Text("no run is hosted\n"));
        foreach (string silent in status.Silent)
            console.Write(new Text($"{silent} is up and does not answer: what it hosts is not shown\n"));
    }

    private static Table Members(ClusterStatus status)
    {
        Table table = Columns(["member", "roles", "status", "reachable"], []);
        foreach (MemberView member in status.Members)
            AddRow(table, member.Place, string.Join(", ", member.Roles), member.Status, member.Reachable ? "yes" : "no");
        return table;
    }

    private static Table Slices(RunStatus run)
    {
        Table table = Columns(["slice", "node"], ["incarnation", "sent", "delivered", "lost", "missing", "waiting"]);
        foreach (SliceStatus slice in run.Slices)
        {
            AddRow(
                table,
                slice.Name,
                slice.Node,
                slice.Alive ? Number(slice.Incarnation) : "not yet",
                Number(slice.Sent),
                Number(slice.Delivered),
                Number(slice.Lost),
                Number(slice.Missing),
                Number(slice.Waiting));
        }

        return table;
    }

    private static Table Columns(string[] texts, string[] numbers)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (string name in texts)
            table.AddColumn(new TableColumn(new Text(name)));
        foreach (string name in numbers)
            table.AddColumn(new TableColumn(new Text(name)).RightAligned());
        return table;
    }

    private static void AddRow(Table table, params IEnumerable<string> cells) => table.AddRow(cells.Select(cell => new Text(cell)));

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
