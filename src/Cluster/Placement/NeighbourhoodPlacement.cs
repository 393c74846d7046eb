using Nudge.Networks;
using Nudge.Topology;

namespace Nudge.Placement;

/// <summary>
/// Slices that talk live together: each goes, the costliest first, to the node with most of its neighbours that still has
/// room, so that few links are cut. A node takes a quarter more than its even share at most, or one slice.
/// </summary>
public sealed class NeighbourhoodPlacement : INamedPlacement
{
    private const double Room = 1.25;

    /// <inheritdoc/>
    public string Name => "neighbourhood";

    /// <inheritdoc/>
    public string Summary => "Slices that exchange much stay together, as far as the load allows.";

    /// <inheritdoc/>
    public IReadOnlyList<int> Place(NetworkPlan network, int nodes)
    {
        ArgumentNullException.ThrowIfNull(network);
        int[] placed = Enumerable.Repeat(-1, network.Slices.Count).ToArray();
        long[] load = new long[nodes];
        double share = Room * network.Slices.Sum(slice => (double)SliceCost.Of(network, slice)) / nodes;
        foreach (SlicePlan slice in network.Slices.OrderByDescending(slice => SliceCost.Of(network, slice)))
        {
            long cost = SliceCost.Of(network, slice);
            int[] neighbours = Neighbours(network, slice, placed, nodes);
            placed[slice.Index] = Enumerable.Range(0, nodes)
                .OrderByDescending(node => load[node] == 0 || load[node] + cost <= share)
                .ThenByDescending(node => neighbours[node])
                .ThenBy(node => load[node])
                .First();
            load[placed[slice.Index]] += cost;
        }

        return placed;
    }

    private static int[] Neighbours(NetworkPlan network, SlicePlan slice, int[] placed, int nodes)
    {
        int[] neighbours = new int[nodes];
        IEnumerable<int> others = network.LinksFrom(slice).Select(link => link.Target.Index)
            .Concat(network.LinksTo(slice).Select(link => link.Source.Index));
        foreach (int other in others.Where(other => placed[other] >= 0))
            neighbours[placed[other]]++;
        return neighbours;
    }
}
