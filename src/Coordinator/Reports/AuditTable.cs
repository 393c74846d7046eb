using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nudge.Audit;
using Spectre.Console;

namespace Nudge.Reports;

/// <summary>The audit's measurements for people: a rule to a row.</summary>
public static class AuditTable
{
    private const string Meaning =
        " An update is the sum of what all positions of a map saw: local to the slice that owns the map, not to one synapse."
        + " connect: local shares nothing.";

    /// <summary>Prints to standard output, in colour only on a terminal.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="isTerminal">Whether the output is a terminal.</param>
    /// <param name="reports">What was measured.</param>
    public static void Print(TextWriter output, bool isTerminal, IReadOnlyList<CarriedReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        IAnsiConsole console = ReportConsole.Create(output, isTerminal);
        var grid = new Grid { Expand = false };
        for (int column = 0; column < 4; column++)
            grid.AddColumn(new GridColumn().PadLeft(column == 0 ? 2 : 0).PadRight(2));
        grid.AddRow("rule", "bytes carried per slice", "per synapse", "what");
        foreach (CarriedReport report in reports)
            grid.AddRow(new Text(report.Rule), new Text(BySlice(report)), new Text(PerSynapse(report)), new Text(What(report)));
        console.Write(grid);
        foreach (SharedWeights shared in reports.SelectMany(report => report.Sharing))
        {
            string line = string.Create(
                CultureInfo.InvariantCulture,
                $"  {shared.Projection}: {shared.Weights:N0} weights are shared by {shared.Synapses:N0} synapses.");
            console.WriteLine(line + Meaning);
        }
    }

    private static string BySlice(CarriedReport report)
    {
        const int Shown = 4;
        string[] slices = [.. report.Slices.Take(Shown).Select(slice => $"{slice.Slice} {slice.Bytes}")];
        return string.Join(", ", slices) + (report.Slices.Count > Shown ? $", … of {report.Slices.Count} slices" : "");
    }

    private static string PerSynapse(CarriedReport report) =>
        report.BytesPerSynapse.ToString("0.###", CultureInfo.InvariantCulture);

    private static string What(CarriedReport report) => report.Bytes == 0
        ? "0 bytes: nothing is remembered"
        : string.Join("; ", report.Fields.GroupBy(field => field.Exception).Select(What));

    // The places of a declared exception are in the JSON; those of an undeclared one are what a reader must see.
    private static string What(IGrouping<string?, CarriedField> exception) => exception.Key is { } name
        ? $"{name} {exception.Sum(field => field.Bytes)}"
        : $"UNDECLARED: {string.Join(", ", exception.Select(field => $"{field.Path} {field.Bytes}"))}";
}

/// <summary>How the audit's measurements become JSON.</summary>
[JsonSerializable(typeof(IReadOnlyList<CarriedReport>))]
internal sealed partial class AuditJson : JsonSerializerContext
{
    private static readonly AuditJson Written = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    internal static string Of(IReadOnlyList<CarriedReport> reports) =>
        JsonSerializer.Serialize(reports, Written.IReadOnlyListCarriedReport);
}
