namespace Nudge.Recording;

/// <summary>Lines of comma-separated values (RFC 4180); a line end within a cell becomes a space.</summary>
internal static class CsvText
{
    internal static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Quoted)) + "\n";

    private static string Quoted(string cell) => cell.AsSpan().IndexOfAny(",\"\n\r") < 0
        ? cell
        : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal).ReplaceLineEndings(" ")}\"";
}
