using System.Globalization;

namespace Nudge.Sweeps;

/// <summary>A column of a sweep's table: numbers, whole numbers or texts. An empty cell is not known.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Numbers">Its numbers, or null where it holds others.</param>
/// <param name="Wholes">Its whole numbers, all of them known, or null where it holds others.</param>
/// <param name="Texts">Its texts, or null where it holds others.</param>
internal sealed record SweepColumn(string Name, double?[]? Numbers, long[]? Wholes, string[]? Texts)
{
    internal static SweepColumn Of(string name, IEnumerable<double?> numbers) => new(name, [.. numbers], null, null);

    internal static SweepColumn Of(string name, IEnumerable<long> wholes) => new(name, null, [.. wholes], null);

    internal static SweepColumn Of(string name, IEnumerable<string> texts) => new(name, null, null, [.. texts]);

    /// <summary>A cell as CSV has it; numbers read back as the same bits.</summary>
    internal string Cell(int row) =>
        Texts?[row] ?? Wholes?[row].ToString(CultureInfo.InvariantCulture) ?? Numbers![row]?.ToString(CultureInfo.InvariantCulture) ?? "";
}
