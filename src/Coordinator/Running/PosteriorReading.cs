using Nudge.Networks;
using Nudge.Oracles;
using Nudge.Populations;

namespace Nudge.Running;

/// <summary>
/// Finds how often the weights of a restricted Boltzmann machine with a label name the right class by their exact posterior; no part of
/// the network receives it.
/// </summary>
internal static class PosteriorReading
{
    /// <summary>Whether a network is such a machine.</summary>
    internal static bool CanRead(NetworkPlan network) => network.Model.HasLikelihood && network.Output is not null
        && MachineReading.CanRead(network) && !network.Projections.Any(projection => projection.IsWithin);

    /// <summary>The readings by name.</summary>
    internal static IReadOnlyDictionary<string, double> Of(PreparedRun run, NetworkWeights weights)
    {
        double Accuracy(WeightCopy copy) =>
            ClassPosterior.Accuracy(MachineReading.Of(run.Network, weights, copy), run.Data.Test);
        return new Dictionary<string, double>
        {
            [MetricNames.AccuracyPosterior] = Accuracy(WeightCopy.Hidden),
            [MetricNames.AccuracyPosteriorVisibleCopy] = Accuracy(WeightCopy.Visible),
        };
    }
}
