using Nudge.Networks;
using Nudge.Populations;

namespace Nudge.Running;

/// <summary>cos(W, Wᵀ) between the two copies of each bidirectional projection (theory §5).</summary>
internal static class WeightSymmetry
{
    internal static bool IsAsked(NetworkPlan network) => network.Projections.Any(one => one.Reverse > one.Index);

    internal static Dictionary<string, double> Of(NetworkPlan network, NetworkWeights weights) => network.Projections
        .Where(projection => projection.Reverse > projection.Index)
        .ToDictionary(
            projection => projection.Name[..^".forward".Length],
            projection => Math.Round(weights.Symmetry(projection), 6));
}
