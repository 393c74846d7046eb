using System.Globalization;
using Nudge.Catalogue;

namespace Nudge.Placement;

/// <summary>Strategies by the words that people use for them.</summary>
public static class PlacementStrategies
{
    private static readonly IReadOnlyList<INamedPlacement> Named =
        DefinitionCatalogue.Of(typeof(PlacementStrategies).Assembly).All<INamedPlacement>();

    /// <summary>The words; by hand is written as <c>population=node,…</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Named.Select(one => one.Name)];

    /// <summary>The strategy of a word, or of <c>population=node,…</c>.</summary>
    /// <exception cref="PlacementException">There is none.</exception>
    public static IPlacementStrategy Parse(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        if (Named.FirstOrDefault(one => one.Name == word) is { } strategy)
            return strategy;
        return word.Contains('=', StringComparison.Ordinal)
            ? new HandPlacement(ByHand(word))
            : throw new PlacementException(
                $"placement {word}: expected {string.Join(", ", Names)}, or population=node,population=node");
    }

    private static Dictionary<string, int> ByHand(string word)
    {
        var nodes = new Dictionary<string, int>();
        foreach (string assignment in word.Split(','))
        {
            string[] sides = assignment.Split('=');
            if (sides.Length != 2 || !int.TryParse(sides[1], NumberStyles.None, CultureInfo.InvariantCulture, out int node))
                throw new PlacementException($"placement {assignment}: expected population=node, the node a number from 0");
            if (!nodes.TryAdd(sides[0], node))
                throw new PlacementException($"placement {word}: names {sides[0]} twice");
        }

        return nodes;
    }
}
