using Nudge.Networks;
using Nudge.Topology;

namespace Nudge.Placement;

/// <summary>The costliest slice first, each to the node with the least so far: no node has much more to do than another.</summary>
public sealed class CostPlacement : INamedPlacement
{
    /// <inheritdoc/>
    public string Name => "cost";

    /// <inheritdoc/>
    public string Summary => "The costliest slice first, each to the node with the least to do so far.";

    /// <inheritdoc/>
    public IReadOnlyList<int> Place(NetworkPlan network, int nodes)
    {
        ArgumentNullException.ThrowIfNull(network);
        int[] placed = new int[network.Slices.Count];
        long[] load = new long[nodes];
        foreach (SlicePlan slice in network.Slices.OrderByDescending(slice => SliceCost.Of(network, slice)))
        {
            int node = Array.IndexOf(load, load.Min());
            placed[slice.Index] = node;
            load[node] += SliceCost.Of(network, slice);
        }

        return placed;
    }
}
