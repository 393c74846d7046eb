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
        jobs.Count > 0 && jobs.All(job => ByLikelihood(job.Settings)) ? Measure.NegativeLogLikelihood : Measure.Accuracy;

    internal static Measure Of(string? asked, IReadOnlyList<SweepRow> rows) => asked switch
    {
        SweepMeasures.Accuracy => Measure.Accuracy,
        SweepMeasures.Likelihood => Measure.NegativeLogLikelihood,
        SweepMeasures.Symmetry => Measure.Symmetry,
        _ => Of(rows),
    };

    private static Measure Of(IReadOnlyList<SweepRow> rows) =>
        rows.Any(row => row.Value(MetricNames.Accuracy) is not null)
        || rows.All(row => row.Value(MetricNames.NegativeLogLikelihood) is null)
            ? Measure.Accuracy
            : Measure.NegativeLogLikelihood;

    private static bool ByLikelihood(ExperimentSettings settings) =>
        settings.ToNetwork().ModelDefinition.HasLikelihood
        && settings.Populations.Values.All(one => one.Role != PopulationRole.Output);
}
