using System.Collections.Concurrent;
using Nudge.Catalogue;
using Nudge.Placement;
using Nudge.Plugins;

namespace Nudge.Experiments;

/// <summary>The definitions that experiment files may name: those of the simulator, of the cluster, of this program, of plug-ins.</summary>
public static class Definitions
{
    // A catalogue is a function of the hashes of its plug-ins, and is asked for with each point of a sweep.
    private static readonly ConcurrentDictionary<string, DefinitionCatalogue> Extended = new(StringComparer.Ordinal);

    /// <summary>The catalogue of the program itself.</summary>
    public static DefinitionCatalogue All { get; } = DefinitionCatalogue.BuiltIn.With(
        typeof(PlacementStrategies).Assembly, typeof(Definitions).Assembly);

    /// <summary>The catalogue of an experiment that has been read.</summary>
    internal static DefinitionCatalogue Of(ExperimentSettings settings) =>
        With([.. settings.Plugins.Select(plugin => Plugin.OfHash(plugin.Sha256!))]);

    /// <summary>The catalogue with plug-ins.</summary>
    /// <exception cref="PluginException">Two definitions have one name.</exception>
    internal static DefinitionCatalogue With(IReadOnlyList<Plugin> plugins) => plugins.Count == 0
        ? All
        : Extended.GetOrAdd(string.Join(' ', plugins.Select(plugin => plugin.Sha256)), _ => Make(plugins));

    private static DefinitionCatalogue Make(IReadOnlyList<Plugin> plugins)
    {
        DefinitionCatalogue all = All;
        foreach (Plugin plugin in plugins)
        {
            foreach (IDefinition added in DefinitionCatalogue.Of(plugin.Assembly).All<IDefinition>())
            {
                // A model and its exact reference have one name; two rules of one name could be told apart by their models only.
                if (all.All<IDefinition>().FirstOrDefault(one => one.Name == added.Name && FamilyOf(one) == FamilyOf(added)) is { } other)
                {
                    throw new PluginException(
                        $"{plugin.File}: {added.GetType().FullName} is called {added.Name}, as {other.GetType().FullName} is; expected another name");
                }
            }

            all = all.With(plugin.Assembly);
        }

        return all;
    }

    private static Type FamilyOf(IDefinition definition)
    {
        if (definition is ISettingsDefinition { SettingsType: var settings })
        {
            while (settings.BaseType is { } above && above != typeof(DefinedSettings))
                settings = above;
            return settings;
        }

        Type type = definition.GetType();
        while (type.BaseType is { } above && above != typeof(object))
            type = above;
        return definition is INamedPlacement ? typeof(INamedPlacement) : type;
    }
}
