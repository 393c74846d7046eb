using System.Globalization;
using System.Text;
using Nudge.Recording;
using Nudge.Running;

namespace Nudge.Sweeps;

/// <summary>
/// The runs of a sweep as a tidy table: a row a run, by point and seed; a column for whatever varies or was measured.
/// </summary>
internal sealed class SweepTable
{
    /// <summary>The only column in which two runs of one sweep differ.</summary>
    internal const string WallSeconds = "wallSeconds";

    internal SweepTable(SweepPlan plan, IReadOnlyList<SweepRow> rows)
    {
        Rows = [.. rows.OrderBy(row => row.Point).ThenBy(row => row.Seed)];
        Columns =
        [
            .. plan.Grid.Variations.Select((one, i) => Varied(one, i, plan.Points)),
            SweepColumn.Of("seed", Rows.Select(row => (long)row.Seed)),
            SweepColumn.Of("status", Rows.Select(row => row.Status)),
            .. MetricNames.InOrder(Rows.SelectMany(row => row.Metrics.Keys))
                .Select(name => SweepColumn.Of(name, Rows.Select(row => row.Value(name)))),
            SweepColumn.Of(WallSeconds, Rows.Select(row => row.WallSeconds)),
            SweepColumn.Of("eventHash", Rows.Select(row => row.EventHash)),
            SweepColumn.Of("message", Rows.Select(row => row.Message)),
            SweepColumn.Of("warnings", Rows.Select(row => string.Join("; ", row.Warnings.Select(warning => warning.Text)))),
            .. plan.Definition.KeepRuns
                ? [SweepColumn.Of("folder", Rows.Select(row => KeptRuns.Folder(plan, plan.Points[row.Point], row.Seed)))]
                : Array.Empty<SweepColumn>(),
        ];
    }

    internal IReadOnlyList<SweepRow> Rows { get; }

    internal IReadOnlyList<SweepColumn> Columns { get; }

    internal string ToCsv()
    {
        var text = new StringBuilder();
        text.Append(CsvText.Line(Columns.Select(column => column.Name)));
        for (int row = 0; row < Rows.Count; row++)
            text.Append(CsvText.Line(Columns.Select(column => column.Cell(row))));
        return text.ToString();
    }

    private SweepColumn Varied(Variation one, int number, IReadOnlyList<SweepPoint> points)
    {
        IEnumerable<string> values = Rows.Select(row => points[row.Point].Values[number]);
        return one.IsNumeric
            ? SweepColumn.Of(one.Path, values.Select(Variation.NumberOf))
            : SweepColumn.Of(one.Path, values);
    }
}

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
