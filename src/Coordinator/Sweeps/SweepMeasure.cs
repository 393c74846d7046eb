using Nudge.Experiments;
using Nudge.Experiments.Sweeping;
using Nudge.Measurements;
using Nudge.Topology;

namespace Nudge.Sweeps;

/// <summary>Chooses what the runs of a sweep are judged by.</summary>
internal static class SweepMeasure
{
    /// <summary>What was asked for; otherwise presentations where all runs end at a target, the likelihood where none can answer, and accuracy.</summary>
    /// <remarks>By the settings and not by the rows, so that it is the same before, while and after the runs are made.</remarks>
    internal static Measure Of(string? asked, IEnumerable<ExperimentSettings> points) =>
        asked is not null ? Named(asked)
        : points.All(one => one.Run.UntilAccuracy is not null) ? Measure.Presentations
        : points.All(ByLikelihood) ? Measure.NegativeLogLikelihood
        : Measure.Accuracy;

    /// <summary>The measure of a name in <see cref="SweepMeasures.Names"/>.</summary>
    internal static Measure Named(string name) => name switch
    {
        SweepMeasures.Likelihood => Measure.NegativeLogLikelihood,
        SweepMeasures.SquaredError => Measure.SquaredError,
        SweepMeasures.Symmetry => Measure.Symmetry,
        SweepMeasures.Presentations => Measure.Presentations,
        SweepMeasures.Messages => Measure.Messages,
        _ => Measure.Accuracy,
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

    private static bool ByLikelihood(ExperimentSettings settings) =>
        settings.ToNetwork().ModelDefinition.HasLikelihood
        && settings.Populations.Values.All(one => one.Role != PopulationRole.Output);
}
