using Nudge.Measurements;
using Nudge.Reproductions.Results;
using Spectre.Console;

namespace Nudge.Reports;

/// <summary>The end of a reproduction in words, for people.</summary>
public static class ReproductionTable
{
    /// <summary>Prints the arms and the verdicts to standard output, in colour only on a terminal.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="isTerminal">Whether the output is a terminal.</param>
    /// <param name="summary">What the reproduction gave.</param>
    /// <param name="measure">What its arms are compared by.</param>
    public static void Print(TextWriter output, bool isTerminal, ReproductionSummary summary, Measure measure)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(measure);
        IAnsiConsole console = ReportConsole.Create(output, isTerminal);
        console.WriteLine();
        console.Write(new Text($"{summary.Title}\n{summary.Claim}\n\n"));
        console.Write(Arms(summary, measure));
        console.WriteLine();
        foreach (string source in TableRows.Sources(summary))
            console.Write(new Text($"{source}\n", new Style(Color.Grey)));
        if (summary.Verdicts.Count > 0)
        {
            console.Write(Verdicts(summary));
            console.WriteLine();
        }

        foreach (string caution in TableRows.Cautions(summary))
            console.Write(new Text($"{caution}\n", new Style(Color.Yellow)));
        console.Write(new Text($"files: {summary.OutputDirectory}\n"));
    }

    private static Table Arms(ReproductionSummary summary, Measure measure)
    {
        var table = new Table { Border = TableBorder.Simple };
        IReadOnlyList<string> header = TableRows.Header(summary, measure);
        for (int i = 0; i < header.Count; i++)
            table.AddColumn(i == 0 ? new TableColumn(header[i]) : new TableColumn(header[i]).RightAligned());
        foreach (IReadOnlyList<string> row in TableRows.Of(summary, measure))
            table.AddRow(row.Select(cell => new Text(cell)));
        return table;
    }

    private static Grid Verdicts(ReproductionSummary summary)
    {
        Grid grid = new Grid { Expand = false }
            .AddColumn(new GridColumn().NoWrap().PadRight(2))
            .AddColumn(new GridColumn().PadRight(0));
        foreach (VerdictSummary verdict in summary.Verdicts)
            grid.AddRow(Judgement(verdict.Judgement), new Text($"{verdict.Statement} ({verdict.Numbers})"));
        return grid;
    }

    private static Text Judgement(string word) => new(word, new Style(word switch
    {
        "holds" => Color.Green,
        "undecided" or VerdictSummary.NotJudged => Color.Grey,
        _ => Color.Red,
    }));
}
