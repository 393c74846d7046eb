using System.Text.Json;
using System.Text.Json.Serialization;
using Nudge.Recording;
using Nudge.Running;

namespace Nudge.Sweeps;

/// <summary>What became of one run of a sweep.</summary>
public sealed record SweepRow
{
    /// <summary>Number of its point in the grid.</summary>
    public required int Point { get; init; }

    /// <summary>Its seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>done or failed.</summary>
    public required string Status { get; init; }

    /// <summary>Numbers at its end, by the names in <see cref="MetricNames"/>; those that are not finite are left out.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>Wall time; the only part that two runs of one seed do not share.</summary>
    public required double? WallSeconds { get; init; }

    /// <summary>Hash of all its events; empty where it failed.</summary>
    public required string EventHash { get; init; }

    /// <summary>Why it failed; empty where it did not.</summary>
    public required string Message { get; init; }

    /// <summary>The warnings of its settings and of the run; none in rows of earlier versions.</summary>
    public IReadOnlyList<RunWarning> Warnings { get; init; } = [];

    /// <summary>A metric, or null where the run has none.</summary>
    public double? Value(string metric) => Metrics.TryGetValue(metric, out double value) ? value : null;

    /// <summary>The row of a run that is over.</summary>
    internal static SweepRow Of(SweepPoint point, JobOutcome outcome) => new()
    {
        Point = point.Number,
        Seed = outcome.Job.Seed,
        Status = outcome.Status,
        Metrics = (outcome.Result?.Metrics ?? new Dictionary<string, double>())
            .Where(metric => double.IsFinite(metric.Value))
            .ToDictionary(metric => metric.Key, metric => metric.Value),
        WallSeconds = outcome.Result is { } result ? Math.Round(result.WallSeconds, 3) : null,
        EventHash = outcome.Result is { EventHash: var hash } ? $"{hash:x16}" : "",
        Message = (outcome.Failure ?? "").ReplaceLineEndings(" "),
        Warnings = outcome.Warnings,
    };

    /// <summary>The row as a line of JSON; numbers read back as the same bits.</summary>
    internal string ToLine() => JsonSerializer.Serialize(this, SweepRowJson.Line.SweepRow);

    /// <summary>Reads a line, or null where it is damaged.</summary>
    internal static SweepRow? TryParse(string line)
    {
        try
        {
            SweepRow? row = JsonSerializer.Deserialize(line, SweepRowJson.Line.SweepRow);
            return row is { Warnings: null } ? row with { Warnings = [] } : row;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>How a row becomes a line of JSON.</summary>
[JsonSerializable(typeof(SweepRow))]
internal sealed partial class SweepRowJson : JsonSerializerContext
{
    internal static SweepRowJson Line { get; } =
        new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase });
}
