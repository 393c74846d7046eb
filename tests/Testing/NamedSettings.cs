using Nudge.Catalogue;
using Nudge.Models.BoltzmannMachine;
using Nudge.Networks;
using Nudge.Plasticity;

namespace Nudge.Testing;

/// <summary>Settings that a test finds by the name of their definition, as an experiment file does.</summary>
public static class NamedSettings
{
    /// <summary>The default settings of a rule in the form that suits a model.</summary>
    /// <param name="name">Name of the rule.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="InvalidOperationException">No rule of this name suits the model.</exception>
    public static RuleSettings Rule(string name, ModelSettings model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return RuleDefinition.For(DefinitionCatalogue.BuiltIn, model.Traits)
            .Single(rule => rule.Name == name).Variants[0].Settings;
    }

    /// <summary>The same network with another rule; all else in its learning stays.</summary>
    public static NetworkSettings WithRule(this NetworkSettings settings, string name)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.WithRule(Rule(name, settings.Model));
    }

    /// <summary>The same network with another rule; all else in its learning stays.</summary>
    public static NetworkSettings WithRule(this NetworkSettings settings, RuleSettings rule)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings with { Learning = settings.Learning with { Rule = rule } };
    }

    /// <summary>The same Boltzmann machine with its rule <c>isd</c> changed.</summary>
    public static NetworkSettings WithIsd(
        this NetworkSettings settings, Func<BoltzmannIsdSettings, BoltzmannIsdSettings> change)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(change);
        return settings.WithRule(change((BoltzmannIsdSettings)settings.Learning.Rule));
    }

    /// <summary>The same Boltzmann machine with its model changed.</summary>
    public static NetworkSettings WithMachine(
        this NetworkSettings settings, Func<BoltzmannMachineSettings, BoltzmannMachineSettings> change)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(change);
        return settings with { Model = change((BoltzmannMachineSettings)settings.Model) };
    }

    /// <summary>The settings of a built-in law, with their numbers set where the law has them.</summary>
    /// <param name="name">Name of the law within the family.</param>
    /// <param name="values">Values by the name of a setting; those that the law does not have are left out.</param>
    public static TSettings Law<TSettings>(string name, params (string Setting, double Value)[] values)
        where TSettings : DefinedSettings =>
        Law<TSettings>(
            DefinitionCatalogue.BuiltIn.OfFamily(typeof(TSettings)).Single(law => law.Name == name), values);

    /// <summary>The settings of a law of any catalogue, with their numbers set where the law has them.</summary>
    /// <param name="law">The law.</param>
    /// <param name="values">Values by the name of a setting; those that the law does not have are left out.</param>
    public static TSettings Law<TSettings>(ISettingsDefinition law, params (string Setting, double Value)[] values)
        where TSettings : DefinedSettings
    {
        ArgumentNullException.ThrowIfNull(law);
        ArgumentNullException.ThrowIfNull(values);
        object settings = Activator.CreateInstance(law.SettingsType)!;
        foreach ((string setting, double value) in values)
        {
            if (law.SettingsType.GetProperty(setting) is { CanWrite: true } property)
                property.SetValue(settings, value);
        }

        return (TSettings)settings;
    }
}
