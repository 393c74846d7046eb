using System.Text;
using Nudge.Measurements;

namespace Nudge.Reproductions.Results;

/// <summary>table.md: the arms and the verdicts, to be pasted into a report.</summary>
internal static class MarkdownTable
{
    internal static string Text(ReproductionSummary summary, Measure measure)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(summary.Title).Append("\n\n").Append(summary.Claim).Append("\n\n");
        Paragraphs(text, TableRows.Cautions(summary));
        IReadOnlyList<string> header = TableRows.Header(summary, measure);
        Line(text, header);
        Line(text, header.Select(_ => "---"));
        foreach (IReadOnlyList<string> row in TableRows.Of(summary, measure))
            Line(text, row);
        text.Append('\n');
        Paragraphs(text, TableRows.Sources(summary));
        if (summary.Verdicts.Count == 0)
            return text.ToString();
        Line(text, ["statement", "verdict", "numbers"]);
        Line(text, ["---", "---", "---"]);
        foreach (VerdictSummary verdict in summary.Verdicts)
            Line(text, [verdict.Statement, verdict.Judgement, verdict.Numbers]);
        return text.ToString();
    }

    private static void Paragraphs(StringBuilder text, IEnumerable<string> sentences)
    {
        foreach (string sentence in sentences)
            text.Append(sentence).Append("\n\n");
    }

    private static void Line(StringBuilder text, IEnumerable<string> cells) => text.Append("| ")
        .AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
}
