using System.Globalization;
using Nudge.Catalogue;

namespace Nudge.Placement;

/// <summary>Strategies by their names.</summary>
public static class PlacementStrategies
{
    private static readonly DefinitionCatalogue BuiltIn = DefinitionCatalogue.Of(typeof(PlacementStrategies).Assembly);

    /// <summary>The names of the built-in ones; by hand is written as <c>population=node,…</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = NamesOf(BuiltIn);

    /// <summary>The strategy of a name, or of <c>population=node,…</c>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="catalogue">Where it is looked for; null for the built-in ones.</param>
    /// <exception cref="PlacementException">There is none.</exception>
    public static IPlacementStrategy Parse(string name, DefinitionCatalogue? catalogue = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        catalogue ??= BuiltIn;
        if (catalogue.All<INamedPlacement>().FirstOrDefault(one => one.Name == name) is { } strategy)
            return strategy;
        return name.Contains('=', StringComparison.Ordinal)
            ? new HandPlacement(ByHand(name))
            : throw new PlacementException(
                $"placement {name}: expected {string.Join(", ", NamesOf(catalogue))}, or population=node,population=node");
    }

    private static string[] NamesOf(DefinitionCatalogue catalogue) =>
        [.. catalogue.All<INamedPlacement>().Select(one => one.Name)];

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
