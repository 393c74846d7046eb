using System.Globalization;
using Nudge.Catalogue;

namespace Nudge.Placement;

/// <summary>Strategies by their names.</summary>
public static class PlacementStrategies
{
    private static readonly IReadOnlyList<INamedPlacement> Named =
        DefinitionCatalogue.Of(typeof(PlacementStrategies).Assembly).All<INamedPlacement>();

    /// <summary>The names; by hand is written as <c>population=node,…</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Named.Select(one => one.Name)];

    /// <summary>The strategy of a name, or of <c>population=node,…</c>.</summary>
    /// <exception cref="PlacementException">There is none.</exception>
    public static IPlacementStrategy Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Named.FirstOrDefault(one => one.Name == name) is { } strategy)
            return strategy;
        return name.Contains('=', StringComparison.Ordinal)
            ? new HandPlacement(ByHand(name))
            : throw new PlacementException(
                $"placement {name}: expected {string.Join(", ", Names)}, or population=node,population=node");
    }

    private static Dictionary<string, int> ByHand(string name)
    {
        var nodes = new Dictionary<string, int>();
        foreach (string assignment in name.Split(','))
        {
            string[] sides = assignment.Split('=');
            if (sides.Length != 2 || !int.TryParse(sides[1], NumberStyles.None, CultureInfo.InvariantCulture, out int node))
                throw new PlacementException($"placement {assignment}: expected population=node, the node a number from 0");
            if (!nodes.TryAdd(sides[0], node))
                throw new PlacementException($"placement {name}: names {sides[0]} twice");
        }

        return nodes;
    }
}
