using Nudge.Topology;

namespace Nudge.Models.HelmholtzMachine;

/// <summary>The layers that the populations of a file make, by their distance from the input.</summary>
public static class HelmholtzLayers
{
    /// <summary>The layer of each population that is connected to the input; 0 for the input itself.</summary>
    /// <param name="populations">Populations by name.</param>
    /// <param name="projections">Projections by name.</param>
    public static IReadOnlyDictionary<string, int> Of(
        IReadOnlyDictionary<string, PopulationSettings> populations,
        IReadOnlyDictionary<string, ProjectionSettings> projections)
    {
        ArgumentNullException.ThrowIfNull(populations);
        ArgumentNullException.ThrowIfNull(projections);
        var layers = new Dictionary<string, int>();
        var frontier = new Queue<string>();
        foreach ((string name, PopulationSettings population) in populations)
        {
            if (population.Role == PopulationRole.Input && layers.TryAdd(name, 0))
                frontier.Enqueue(name);
        }

        while (frontier.TryDequeue(out string? here))
        {
            IEnumerable<string> neighbours = projections.Values
                .Where(one => one.From == here || one.To == here).Select(one => one.From == here ? one.To : one.From);
            foreach (string neighbour in neighbours)
            {
                if (populations.ContainsKey(neighbour) && layers.TryAdd(neighbour, layers[here] + 1))
                    frontier.Enqueue(neighbour);
            }
        }

        return layers;
    }
}
