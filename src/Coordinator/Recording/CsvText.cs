using System.Globalization;

namespace Nudge.Recording;

/// <summary>Lines of comma-separated values (RFC 4180); a line end within a cell becomes a space.</summary>
internal static class CsvText
{
    internal static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Quoted)) + "\n";

    private static string Quoted(string cell) => cell.AsSpan().IndexOfAny(",\"\n\r") < 0
        ? cell
        : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal).ReplaceLineEndings(" ")}\"";
}

/// <summary>Numbers in the cells of a table; they read back as the same bits, and an empty cell is not known.</summary>
internal static class Cells
{
    internal static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    internal static string Text(double? value) =>
        value is double known && !double.IsNaN(known) ? known.ToString(CultureInfo.InvariantCulture) : "";

    internal static long Whole(string cell) => long.Parse(cell, CultureInfo.InvariantCulture);

    internal static double Real(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    internal static double? Perhaps(string cell) => cell.Length == 0 ? null : Real(cell);

    /// <summary>Throws where a line has more or fewer cells than its header.</summary>
    /// <exception cref="FormatException">It has.</exception>
    internal static void ThrowIfOther(string[] cells, string header)
    {
        if (cells.Length != header.Count(letter => letter == ',') + 1)
            throw new FormatException($"expected the columns {header}");
    }
}
