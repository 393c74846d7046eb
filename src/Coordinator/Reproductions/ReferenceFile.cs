using System.Globalization;
using System.Reflection;

namespace Nudge.Reproductions;

/// <summary>
/// Reads reference values: CSV with the columns reproduction, arm, seed, value, headed by lines <c># source: …</c>.
/// </summary>
public static class ReferenceFile
{
    private const string Prefix = "reproductions/";
    private const string Header = "reproduction,arm,seed,value";
    private const string SourceMark = "# source:";

    /// <summary>All reference values that are built into the program.</summary>
    public static IReadOnlyList<ReferenceRow> Embedded { get; } = [.. Read(typeof(ReferenceFile).Assembly)];

    /// <summary>The reference values of a reproduction, by arm.</summary>
    /// <param name="rows">Rows of any reproductions.</param>
    /// <param name="reproduction">Name of the reproduction.</param>
    public static IReadOnlyDictionary<string, ReferenceValues> Of(
        IEnumerable<ReferenceRow> rows, string reproduction) => rows
        .Where(row => row.Reproduction == reproduction)
        .GroupBy(row => row.Arm)
        .ToDictionary(arm => arm.Key, arm => new ReferenceValues([.. arm.Select(row => row.Value)], SourceOf(arm)));

    /// <summary>Reads the text of a file.</summary>
    /// <param name="name">What errors call it.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is not such a file.</exception>
    public static IReadOnlyList<ReferenceRow> Parse(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] lines = text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string source = string.Join(' ', lines
            .Where(line => line.StartsWith(SourceMark, StringComparison.Ordinal))
            .Select(line => line[SourceMark.Length..].Trim()));
        string[] rows = [.. lines.Where(line => !line.StartsWith('#'))];
        if (rows.Length == 0 || rows[0] != Header)
            throw new FormatException($"{name}: expected the columns {Header}");
        return [.. rows.Skip(1).Select(line => Row(name, line, source))];
    }

    private static string SourceOf(IEnumerable<ReferenceRow> rows) =>
        string.Join("; ", rows.Select(row => row.Source).Distinct().Where(source => source.Length > 0));

    private static ReferenceRow Row(string name, string line, string source)
    {
        string[] cells = line.Split(',');
        return cells.Length == 4
            && double.TryParse(cells[3], NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? new(cells[0], cells[1], cells[2], value, source)
            : throw new FormatException($"{name}: {line}: expected {Header}");
    }

    private static IEnumerable<ReferenceRow> Read(Assembly program)
    {
        foreach (string name in program.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (!name.StartsWith(Prefix, StringComparison.Ordinal))
                continue;
            using var reader = new StreamReader(program.GetManifestResourceStream(name)!);
            foreach (ReferenceRow row in Parse(name, reader.ReadToEnd()))
                yield return row;
        }
    }
}

/// <summary>A row of a file of reference values.</summary>
/// <param name="Reproduction">Name of the reproduction.</param>
/// <param name="Arm">Name of the arm.</param>
/// <param name="Seed">The seed there, as written; empty for a published number.</param>
/// <param name="Value">The value of the reproduction's measure.</param>
/// <param name="Source">Where the file is from.</param>
public sealed record ReferenceRow(string Reproduction, string Arm, string Seed, double Value, string Source);

/// <summary>What others measured in the place of an arm: a value a seed, or one published number.</summary>
/// <param name="Values">The values.</param>
/// <param name="Source">Where they come from, for people.</param>
public sealed record ReferenceValues(IReadOnlyList<double> Values, string Source)
{
    /// <summary>Nothing to compare with.</summary>
    public static ReferenceValues None { get; } = new([], "");
}
