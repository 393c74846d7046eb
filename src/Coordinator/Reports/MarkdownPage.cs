using System.Text;

namespace Nudge.Reports;

/// <summary>The report as Markdown, for notebooks and repositories; its figures lie beside it.</summary>
internal sealed class MarkdownPage : IReportPage
{
    private readonly StringBuilder _text = new();

    public void Heading(int level, string text) => Block($"{new string('#', level)} {Escaped(text)}");

    public void Paragraph(string text, string? kind = null) => Block(Escaped(text));

    public void Code(string text) => Block($"```\n{text}\n```");

    public void Points(IEnumerable<string> sentences) =>
        Block(string.Join('\n', sentences.Select(sentence => $"- {Escaped(sentence)}")));

    public void Table(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        IEnumerable<string> lines =
        [
            Row(header.Select(cell => cell.TrimEnd('#'))),
            Row(header.Select(cell => cell.EndsWith('#') ? "---:" : "---")),
            .. rows.Select(Row),
        ];
        Block(string.Join('\n', lines));
    }

    public void Figure(string file, byte[] svg, string title, string caption) =>
        Block($"![{Escaped(title)}]({file}.png)\n\n{Escaped(caption)}");

    internal string ToText() => _text.ToString().TrimEnd('\n') + "\n";

    private void Block(string text) => _text.Append(text).Append("\n\n");

    private static string Row(IEnumerable<string> cells) =>
        $"| {string.Join(" | ", cells.Select(cell => Escaped(cell).Replace("|", "\\|", StringComparison.Ordinal)))} |";

    // Of the characters in a report, only these would be read as Markdown.
    private static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("*", "\\*", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal);
}
