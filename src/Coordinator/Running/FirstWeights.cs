using Nudge.Networks;
using Nudge.Populations;

namespace Nudge.Running;

/// <summary>The weights with which a network begins.</summary>
internal static class FirstWeights
{
    internal static NetworkWeights Of(NetworkPlan network) =>
        NetworkWeights.Of(network, network.Slices.Select(slice => network.CreateSlice(slice)));
}
