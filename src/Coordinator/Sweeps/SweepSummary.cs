using System.Text.Json;
using Nudge.Measurements;
using Nudge.Recording;
using Nudge.Running;
using Nudge.Statistics;

namespace Nudge.Sweeps;

/// <summary>What a sweep gave, as <c>--json</c> prints it.</summary>
public sealed record SweepSummary
{
    /// <summary>Name of the experiment.</summary>
    public required string Name { get; init; }

    /// <summary>The command that began the sweep.</summary>
    public required string Command { get; init; }

    /// <summary>Runs in all.</summary>
    public required int Runs { get; init; }

    /// <summary>Runs that ended well.</summary>
    public required int Done { get; init; }

    /// <summary>Runs that failed.</summary>
    public required int Failed { get; init; }

    /// <summary>Whether it was stopped before all runs were over.</summary>
    public required bool Interrupted { get; init; }

    /// <summary>What points are compared by.</summary>
    public required string Metric { get; init; }

    /// <summary>The points, in the order of the grid.</summary>
    public required IReadOnlyList<PointSummary> Points { get; init; }

    /// <summary>
    /// The points without the setting that was tuned, each seed at the value that was best for the others; none where none was.
    /// </summary>
    public IReadOnlyList<PointSummary> Tuned { get; init; } = [];

    /// <summary>Wall time of all runs together, in seconds.</summary>
    public required double RunSeconds { get; init; }

    /// <summary>The warnings of all runs, each once; rows have those of each run.</summary>
    public IReadOnlyList<RunWarning> Warnings { get; init; } = [];

    /// <summary>The folder that was written to.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>The summary as one indented JSON object.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, SweepJson.Written.SweepSummary);

    private static IReadOnlyList<RunWarning> AllWarnings(SweepDirectory sweep)
    {
        var all = new RunWarnings();
        all.AddAll(sweep.Plan.Warnings);
        // Those of settings are there already, with the points that have them.
        all.AddAll(sweep.Rows.SelectMany(row => row.Warnings).Where(one => one.Topic != WarningTopics.Settings));
        return all.All;
    }

    internal static SweepSummary Of(SweepDirectory sweep)
    {
        Measure measure = sweep.Measure;
        var tuned = TunedSweep.Of(sweep.Plan.Grid, sweep.Rows, measure);
        ILookup<int, SweepRow> rows = sweep.Rows.ToLookup(row => row.Point);
        return new()
        {
            Name = sweep.Plan.Name,
            Command = sweep.Plan.Definition.Command,
            Runs = sweep.Plan.Runs,
            Done = sweep.Rows.Count(row => row.Status == "done"),
            Failed = sweep.Rows.Count(row => row.Status == "failed"),
            Interrupted = !sweep.Complete,
            Metric = measure.Metric,
            Points =
            [
                .. sweep.Plan.Points.Select(point => PointSummary.Of(sweep.Plan.Grid, point, rows[point.Number], measure)),
            ],
            Tuned =
            [
                .. (tuned?.Points ?? []).Select(one =>
                    PointSummary.Of(tuned!.Grid, one.Point, one.Rows, measure, (tuned.Setting.Path, one.Chosen(tuned.Setting)))),
            ],
            RunSeconds = Math.Round(sweep.Rows.Sum(row => row.WallSeconds ?? 0), 3),
            Warnings = AllWarnings(sweep),
            OutputDirectory = sweep.Directory.Path,
        };
    }
}

/// <summary>What the runs of one point gave. Numbers that too few runs cannot give are null.</summary>
/// <param name="Settings">Its settings by path.</param>
/// <param name="Done">Runs that ended well.</param>
/// <param name="Failed">Runs that failed.</param>
/// <param name="Mean">Mean of the metric.</param>
/// <param name="Low">Lower end of the mean's 95 % interval.</param>
/// <param name="High">Upper end.</param>
public sealed record PointSummary(
    IReadOnlyDictionary<string, string> Settings, int Done, int Failed, double? Mean, double? Low, double? High)
{
    internal static PointSummary Of(
        SweepGrid grid, SweepPoint point, IEnumerable<SweepRow> rows, Measure measure, (string Path, string Values)? chosen = null)
    {
        SweepRow[] all = [.. rows];
        Interval mean = measure.MeanOf([.. SweepMeasure.Values(measure, all).Select(one => one.Value)]);
        var settings = new OrderedDictionary<string, string>(
            grid.Variations.Select((one, i) => KeyValuePair.Create(one.Path, point.Values[i])));
        if (chosen is { } tuned)
            settings.Add(tuned.Path, tuned.Values);
        return new(
            settings,
            all.Count(row => row.Status == "done"),
            all.Count(row => row.Status == "failed"),
            Known(mean.Centre),
            Known(mean.Low),
            Known(mean.High));
    }

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}
