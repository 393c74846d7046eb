using Nudge.Experiments;
using Nudge.Experiments.Sweeping;
using Nudge.Measurements;
using Nudge.Topology;

namespace Nudge.Sweeps;

/// <summary>Chooses what the runs of a sweep are judged by.</summary>
internal static class SweepMeasure
{
    /// <summary>What was asked for; otherwise the likelihood where no run can answer, and accuracy.</summary>
    /// <remarks>By the settings and not by the rows, so that it is the same before, while and after the runs are made.</remarks>
    internal static Measure Of(string? asked, IEnumerable<ExperimentSettings> points) =>
        asked is not null ? Named(asked)
        : points.All(ByLikelihood) ? Measure.NegativeLogLikelihood
        : Measure.Accuracy;

    /// <summary>The measure of a name in <see cref="SweepMeasures.Names"/>.</summary>
    internal static Measure Named(string name) => name switch
    {
        SweepMeasures.Likelihood => Measure.NegativeLogLikelihood,
        SweepMeasures.Symmetry => Measure.Symmetry,
        _ => Measure.Accuracy,
    };

    private static bool ByLikelihood(ExperimentSettings settings) =>
        settings.ToNetwork().ModelDefinition.HasLikelihood
        && settings.Populations.Values.All(one => one.Role != PopulationRole.Output);
}
