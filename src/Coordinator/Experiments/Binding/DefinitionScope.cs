using System.Reflection;
using Nudge.Catalogue;
using Nudge.Models;
using Nudge.Plasticity;

namespace Nudge.Experiments.Binding;

/// <summary>
/// The definitions that a file may choose from where a family of settings stands. Which rules there are depends on the model,
/// so the model is bound before the rule.
/// </summary>
internal sealed class DefinitionScope(DefinitionCatalogue catalogue)
{
    private ModelSettings? _model;

    /// <summary>How the members of a family are chosen in a file.</summary>
    internal static ChosenByAttribute ChoiceOf(Type family) =>
        family.GetCustomAttribute<ChosenByAttribute>(inherit: false)
        ?? throw new ArgumentException($"{family.Name} is not the base of a family.", nameof(family));

    /// <summary>Whether a type is the base record of a family.</summary>
    internal static bool IsFamily(Type type) => type.IsDefined(typeof(ChosenByAttribute), inherit: false);

    /// <summary>The definitions that may be chosen, by name; each name once.</summary>
    internal IReadOnlyList<ISettingsDefinition> Candidates(Type family)
    {
        if (family == typeof(RuleSettings) && _model is not null)
            return RuleDefinition.For(catalogue, _model.Traits);
        return [.. All(family).GroupBy(definition => definition.Name).Select(forms => forms.First())];
    }

    /// <summary>Every definition of a family, the forms of one name apart.</summary>
    internal IReadOnlyList<ISettingsDefinition> All(Type family) => catalogue.OfFamily(family);

    /// <summary>Remembers what later choices depend on.</summary>
    internal void Enter(object settings) => _model = settings as ModelSettings ?? _model;

    /// <summary>Whether the choice depends on a model that could not be read.</summary>
    internal bool IsOpen(Type family) => family == typeof(RuleSettings) && _model is null;

    /// <summary>The names of definitions; those of rules with the models that they are for.</summary>
    internal IEnumerable<string> FullNamesOf(IEnumerable<ISettingsDefinition> definitions) =>
        definitions.GroupBy(one => one.Name).Select(forms => forms.First() is RuleDefinition
            ? $"{forms.Key} for {Words.Either([.. forms.OfType<RuleDefinition>().SelectMany(ModelsOf).Distinct()])}"
            : forms.Key);

    private IEnumerable<string> ModelsOf(RuleDefinition rule) => catalogue.All<ModelDefinition>()
        .Where(model => RuleDefinition.For(catalogue, model.Defaults.Traits).Contains(rule))
        .Select(model => model.Name);

    /// <summary>What limits the choice, in words for an error; empty where nothing does.</summary>
    internal string LimitOf(Type family) =>
        family == typeof(RuleSettings) && _model is not null ? $" for {_model.Definition.Name}" : "";
}
