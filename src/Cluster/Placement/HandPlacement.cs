using Nudge.Networks;

namespace Nudge.Placement;

/// <summary>As the user chose: whole populations on numbered nodes; those not named are spread.</summary>
/// <param name="nodeOf">Number of the node, from 0, by the population's name.</param>
public sealed class HandPlacement(IReadOnlyDictionary<string, int> nodeOf) : IPlacementStrategy
{
    /// <summary>The populations that were named.</summary>
    public IEnumerable<string> Populations => nodeOf.Keys;

    /// <inheritdoc/>
    public string Name => "by hand";

    /// <inheritdoc/>
    /// <exception cref="PlacementException">A population or a node that was named is not there.</exception>
    public IReadOnlyList<int> Place(NetworkPlan network, int nodes)
    {
        ArgumentNullException.ThrowIfNull(network);
        foreach ((string population, int node) in nodeOf)
        {
            if (network.Populations.All(one => one.Name != population))
                throw new PlacementException($"there is no population {population} to place on node {node}");
            if (node < 0 || node >= nodes)
                throw new PlacementException($"{population} is to be on node {node}; nodes are numbered from 0 to {nodes - 1}");
        }

        return [.. network.Slices.Select(slice => nodeOf.GetValueOrDefault(slice.Population.Name, slice.Index % nodes))];
    }
}
