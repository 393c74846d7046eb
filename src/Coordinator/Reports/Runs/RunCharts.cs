using System.Text.Json.Nodes;
using Nudge.Recording;

namespace Nudge.Reports.Runs;

/// <summary>The numbers that the figures of a run show, as the scripts of the page read them.</summary>
internal static class RunCharts
{
    // More than twice as many points as the page is wide show nothing more.
    private const int MostPoints = 2000;

    /// <summary>JSON in which no character ends an element of HTML.</summary>
    internal static string Json(RunRecord run)
    {
        IReadOnlyList<MetricsRow> rows = Thinned(run.Rows);
        var all = new JsonObject
        {
            ["presentations"] = run.Settings?.Run.Presentations ?? (run.Rows.Count > 0 ? run.Rows[^1].Presentations : 0),
            ["classes"] = run.Summary?.Data?.Classes ?? 0,
            ["curve"] = Array(rows, row => new()
            {
                ["presentations"] = row.Presentations,
                ["running"] = Number(row.RunningAccuracy),
                ["accuracy"] = Number(row.Accuracy),
            }),
            ["norms"] = Points(rows, row => row.UpdateNorm),
            ["saturated"] = Points(rows, row => row.Saturated),
            ["dead"] = Points(rows, row => row.Dead),
            ["symmetry"] = Points(rows, row => row.Symmetry),
            ["likelihood"] = new JsonArray([.. run.Likelihood.Select(one => Pair(one.Presentations, one.Value))]),
            ["interventions"] = Array(run.Interventions, one => new()
            {
                ["number"] = one.Number,
                ["presentations"] = one.Presentations,
                ["text"] = one.Text,
                ["undone"] = one.Undone,
            }),
            ["links"] = Array(run.Summary?.Ledger.Links ?? [], one => new()
            {
                ["name"] = one.Link,
                ["delivered"] = one.Delivered,
                ["waiting"] = one.InFlight,
                ["lost"] = one.Lost,
                ["cutOff"] = one.Cut,
                ["network"] = one.RealLost,
            }),
            ["staleness"] = Array(run.Summary?.Staleness?.Histogram ?? [], one => new()
            {
                ["upTo"] = Number(one.UpTo),
                ["count"] = one.Count,
            }),
            ["alignment"] = Array(run.Truth, one => new()
            {
                ["presentations"] = one.Presentations,
                ["cosine"] = Number(one.Cosine),
                ["slope"] = Number(one.Slope),
            }),
        };
        // The encoder that System.Text.Json uses by default escapes <, > and &.
        return all.ToJsonString();
    }

    // Evaluations are few, and each of them counts.
    private static IReadOnlyList<MetricsRow> Thinned(IReadOnlyList<MetricsRow> rows)
    {
        int every = (rows.Count / MostPoints) + 1;
        return every == 1 ? rows : [.. rows.Where((row, i) => i % every == 0 || i == rows.Count - 1 || row.Accuracy is not null)];
    }

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonObject> of) => new([.. items.Select(of)]);

    private static JsonArray Points(IEnumerable<MetricsRow> rows, Func<MetricsRow, double?> value) => new(
    [
        .. rows.Where(row => value(row) is double known && double.IsFinite(known)).Select(row => Pair(row.Presentations, value(row)!.Value)),
    ]);

    private static JsonArray Pair(long presentations, double value) =>
        new(JsonValue.Create(presentations), JsonValue.Create(double.IsFinite(value) ? value : 0));

    private static JsonValue? Number(double? value) => value is double known && double.IsFinite(known) ? JsonValue.Create(known) : null;
}
