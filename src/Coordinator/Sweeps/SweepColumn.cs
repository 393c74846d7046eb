using System.Globalization;

namespace Nudge.Sweeps;

/// <summary>A column of a sweep's table: numbers or texts. An empty cell is not known.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Numbers">Its numbers, or null where it holds texts.</param>
/// <param name="Texts">Its texts, or null where it holds numbers.</param>
internal sealed record SweepColumn(string Name, double?[]? Numbers, string[]? Texts)
{
    internal static SweepColumn Of(string name, IEnumerable<double?> numbers) => new(name, [.. numbers], null);

    internal static SweepColumn Of(string name, IEnumerable<string> texts) => new(name, null, [.. texts]);

    /// <summary>A cell as CSV has it; numbers read back as the same bits.</summary>
    internal string Cell(int row) =>
        Texts?[row] ?? Numbers![row]?.ToString(CultureInfo.InvariantCulture) ?? "";
}
