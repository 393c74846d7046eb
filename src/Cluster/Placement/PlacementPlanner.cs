using Nudge.Networks;
using Nudge.Topology;
using Nudge.Wire;

namespace Nudge.Placement;

/// <summary>Asks a strategy and works out what its answer means for the network between the nodes.</summary>
public static class PlacementPlanner
{
    // Numbers, tag and headers of an activity message, rounded up.
    private const int Header = 64;

    /// <summary>Places a network on nodes.</summary>
    /// <param name="network">The network.</param>
    /// <param name="nodes">Names of the nodes, in an order that does not depend on who asks.</param>
    /// <param name="strategy">Decides.</param>
    /// <param name="format">How values travel.</param>
    /// <exception cref="PlacementException">There is no node, or the strategy was asked for the impossible.</exception>
    public static PlacementPlan Plan(
        NetworkPlan network, IReadOnlyList<string> nodes, IPlacementStrategy strategy, ValueFormat format)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(strategy);
        if (nodes.Count == 0)
            throw new PlacementException("there is no node to place slices on");
        IReadOnlyList<int> placed = strategy.Place(network, nodes.Count);
        return new(
            strategy.Name,
            nodes,
            placed,
            [.. network.Slices.Select(slice => SliceCost.Of(network, slice))],
            [.. network.Projections.Where(one => !one.IsWithin).Select(one => Traffic(network, one, placed, format))]);
    }

    private static LinkTraffic Traffic(
        NetworkPlan network, ProjectionPlan projection, IReadOnlyList<int> placed, ValueFormat format)
    {
        LinkPlan[] links = [.. network.Links.Where(link => link.Projection == projection)];
        LinkPlan[] crossing = [.. links.Where(link => placed[link.Source.Index] != placed[link.Target.Index])];
        int lanes = network.Settings.Lanes;
        long bytes = crossing.Sum(link =>
            Header + (lanes * (sizeof(float) + ((long)link.Source.Count * ValueBlock.BytesPerValue(format)))));
        return new(projection.Name, links.Length, crossing.Length, bytes);
    }
}
