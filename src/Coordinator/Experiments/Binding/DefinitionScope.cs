using System.Reflection;
using Nudge.Catalogue;
using Nudge.Models;
using Nudge.Plasticity;
using Nudge.Plugins;

namespace Nudge.Experiments.Binding;

/// <summary>
/// The definitions that a file may choose from where a family of settings stands. Which rules there are depends on the model,
/// so the model is bound before the rule.
/// </summary>
internal sealed class DefinitionScope
{
    private readonly List<Plugin> _plugins = [];
    private readonly PluginPlaces? _places;
    private ModelSettings? _model;

    /// <summary>A scope that nothing joins.</summary>
    internal DefinitionScope(DefinitionCatalogue catalogue) => Catalogue = catalogue;

    /// <summary>The scope of a file, which may name plug-ins.</summary>
    /// <param name="places">Where they are looked for.</param>
    internal DefinitionScope(PluginPlaces places)
        : this(Definitions.All) => _places = places;

    /// <summary>All definitions, with those of the plug-ins that were loaded so far.</summary>
    internal DefinitionCatalogue Catalogue { get; private set; }

    /// <summary>How the members of a family are chosen in a file.</summary>
    internal static ChosenByAttribute ChoiceOf(Type family) =>
        family.GetCustomAttribute<ChosenByAttribute>(inherit: false)
        ?? throw new ArgumentException($"{family.Name} is not the base of a family.", nameof(family));

    /// <summary>Whether a type is the base record of a family.</summary>
    internal static bool IsFamily(Type type) => type.IsDefined(typeof(ChosenByAttribute), inherit: false);

    /// <summary>The family that settings belong to.</summary>
    internal static Type FamilyOf(DefinedSettings settings)
    {
        Type type = settings.GetType();
        while (!IsFamily(type))
            type = type.BaseType!;
        return type;
    }

    /// <summary>The definitions that may be chosen, by name; each name once.</summary>
    internal IReadOnlyList<ISettingsDefinition> Candidates(Type family)
    {
        if (family == typeof(RuleSettings) && _model is not null)
            return RuleDefinition.For(Catalogue, _model.Traits);
        return [.. All(family).GroupBy(definition => definition.Name).Select(forms => forms.First())];
    }

    /// <summary>Every definition of a family, the forms of one name apart.</summary>
    internal IReadOnlyList<ISettingsDefinition> All(Type family) => Catalogue.OfFamily(family);

    /// <summary>Loads a plug-in, and gives its settings as an absolute path with its hash.</summary>
    /// <exception cref="PluginException">It cannot be used.</exception>
    internal PluginSettings Load(PluginSettings settings)
    {
        string file = _places!.FileOf(settings);
        Plugin plugin = Plugin.Load(file, settings.Sha256);
        if (_plugins.Contains(plugin))
            throw new PluginException($"{file} is named twice; expected each plug-in once");
        Catalogue = Definitions.With([.. _plugins, plugin]);
        _plugins.Add(plugin);
        return new() { File = file, Sha256 = plugin.Sha256 };
    }

    /// <summary>Remembers what later choices depend on.</summary>
    internal void Enter(object settings) => _model = settings as ModelSettings ?? _model;

    /// <summary>Whether the choice depends on a model that could not be read.</summary>
    internal bool IsOpen(Type family) => family == typeof(RuleSettings) && _model is null;

    /// <summary>The names of definitions; those of rules with the models that they are for.</summary>
    internal IEnumerable<string> FullNamesOf(IEnumerable<ISettingsDefinition> definitions) =>
        definitions.GroupBy(one => one.Name).Select(forms => forms.First() is RuleDefinition
            ? $"{forms.Key} for {Words.Either([.. forms.OfType<RuleDefinition>().SelectMany(ModelsOf).Distinct()])}"
            : forms.Key);

    private IEnumerable<string> ModelsOf(RuleDefinition rule) => Catalogue.All<ModelDefinition>()
        .Where(model => RuleDefinition.For(Catalogue, model.Defaults.Traits).Contains(rule))
        .Select(model => model.Name);

    /// <summary>What limits the choice, in words for an error; empty where nothing does.</summary>
    internal string LimitOf(Type family) =>
        family == typeof(RuleSettings) && _model is not null ? $" for {_model.Definition.Name}" : "";
}
