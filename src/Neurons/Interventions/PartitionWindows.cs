using Nudge.Links;
using Nudge.Networks;
using Nudge.Topology;

namespace Nudge.Interventions;

/// <summary>
/// Windows in which settings have links cut, as interventions: each is a cut that ends by itself. Its name is the path of the setting.
/// </summary>
internal static class PartitionWindows
{
    /// <summary>The windows of all links of a network, by name.</summary>
    internal static IEnumerable<KeyValuePair<string, InterventionSettings>> Of(NetworkPlan network)
    {
        LinksSettings links = network.Settings.Links;
        foreach ((string path, LinkSettings settings) in network.Projections.Select(one => PathOf(links, one)).Distinct())
        {
            string[] words = [.. WordsOf(network, links, path)];
            foreach (string word in words)
            {
                foreach ((string name, InterventionSettings cut) in Cuts(path, settings.Partitions, word))
                    yield return new(words.Length == 1 ? name : $"{name} of {word}", cut);
            }
        }

        foreach ((string name, InterventionSettings cut) in Cuts("links.control", links.Control.Partitions, LinkSelection.Control))
            yield return new(name, cut);
        foreach ((string name, InterventionSettings cut) in Cuts("links.phase", links.Phase.Partitions, LinkSelection.Phase))
            yield return new(name, cut);
    }

    private static IEnumerable<(string Name, InterventionSettings Cut)> Cuts(
        string path, IReadOnlyDictionary<string, PartitionWindow> windows, string links) =>
        windows.Select(window => (
            $"{path}.partitions.{window.Key}",
            (InterventionSettings)new CutLinks
            {
                Links = links,
                At = new() { Tau = window.Value.From },
                Until = new() { Tau = window.Value.Until },
            }));

    // The fewest words that select the directions whose links have these settings.
    private static IEnumerable<string> WordsOf(NetworkPlan network, LinksSettings links, string path)
    {
        bool Has(ProjectionPlan one) => PathOf(links, one).Path == path;
        if (network.Projections.All(Has))
            return [LinkSelection.All];
        return network.Projections.GroupBy(LinkSelection.ProjectionOf)
            .SelectMany(directions => directions.All(Has) ? [directions.Key] : directions.Where(Has).Select(LinkSelection.DirectionOf));
    }

    private static (string Path, LinkSettings Link) PathOf(LinksSettings links, ProjectionPlan projection)
    {
        foreach (string key in new[] { LinkSelection.DirectionOf(projection), LinkSelection.ProjectionOf(projection) })
        {
            if (links.Overrides.TryGetValue(key, out LinkSettings? own))
                return ($"links.overrides.{key}", own);
        }

        return ("links.activity", links.Activity);
    }
}
