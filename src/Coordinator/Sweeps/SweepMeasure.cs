using Nudge.Experiments;
using Nudge.Experiments.Sweeping;
using Nudge.Measurements;
using Nudge.Running;
using Nudge.Topology;

namespace Nudge.Sweeps;

/// <summary>Chooses what the runs of a sweep are judged by.</summary>
internal static class SweepMeasure
{
    internal static Measure Of(IReadOnlyList<PoolJob> jobs) =>
        jobs.Any(job => job.Settings.Run.UntilAccuracy is not null) ? Measure.Presentations
        : jobs.Count > 0 && jobs.All(job => ByLikelihood(job.Settings)) ? Measure.NegativeLogLikelihood : Measure.Accuracy;

    internal static Measure Of(string? asked, IReadOnlyList<SweepRow> rows) => asked switch
    {
        SweepMeasures.Accuracy => Measure.Accuracy,
        SweepMeasures.Likelihood => Measure.NegativeLogLikelihood,
        SweepMeasures.Symmetry => Measure.Symmetry,
        SweepMeasures.Presentations => Measure.Presentations,
        SweepMeasures.Messages => Measure.Messages,
        _ => Of(rows),
    };

    /// <summary>The values of runs at one point: none where the measure needs all of them and one that ended has none.</summary>
    internal static IEnumerable<(ulong Seed, double Value)> Values(Measure measure, IEnumerable<SweepRow> rows)
    {
        SweepRow[] all = [.. rows];
        bool lacks = measure.NeedsAllRuns && all.Any(row => row.Status == "done" && row.Value(measure.Metric) is null);
        return lacks
            ? []
            : all.Where(row => row.Value(measure.Metric) is not null).Select(row => (row.Seed, row.Value(measure.Metric)!.Value));
    }

    private static Measure Of(IReadOnlyList<SweepRow> rows) =>
        rows.Any(row => row.Value(MetricNames.Reached) is not null) ? Measure.Presentations
        : rows.Any(row => row.Value(MetricNames.Accuracy) is not null)
        || rows.All(row => row.Value(MetricNames.NegativeLogLikelihood) is null)
            ? Measure.Accuracy
            : Measure.NegativeLogLikelihood;

    private static bool ByLikelihood(ExperimentSettings settings) =>
        settings.ToNetwork().ModelDefinition.HasLikelihood
        && settings.Populations.Values.All(one => one.Role != PopulationRole.Output);
}
