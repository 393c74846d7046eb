using System.Reflection;

namespace Nudge.Catalogue;

/// <summary>All definitions of some assemblies. Immutable: adding an assembly gives a new catalogue.</summary>
public sealed class DefinitionCatalogue
{
    private readonly IReadOnlyList<Assembly> _assemblies;
    private readonly IReadOnlyList<IDefinition> _definitions;

    private DefinitionCatalogue(IReadOnlyList<Assembly> assemblies)
    {
        _assemblies = assemblies;
        _definitions =
        [
            .. assemblies.SelectMany(DefinitionTypes.Of)
                .Select(Make)
                .OrderBy(definition => definition.Name, StringComparer.Ordinal)
                .ThenBy(definition => definition.GetType().FullName, StringComparer.Ordinal),
        ];
    }

    /// <summary>The definitions of this library.</summary>
    public static DefinitionCatalogue BuiltIn { get; } = Of(typeof(DefinitionCatalogue).Assembly);

    /// <summary>The assemblies, each once.</summary>
    public IReadOnlyList<Assembly> Assemblies => _assemblies;

    /// <summary>The definitions of some assemblies.</summary>
    /// <exception cref="ArgumentException">A definition cannot be constructed without arguments.</exception>
    public static DefinitionCatalogue Of(params IReadOnlyList<Assembly> assemblies)
    {
        ArgumentNullException.ThrowIfNull(assemblies);
        return new([.. assemblies.Distinct()]);
    }

    /// <summary>This catalogue with the definitions of further assemblies.</summary>
    public DefinitionCatalogue With(params IReadOnlyList<Assembly> assemblies) => Of([.. _assemblies, .. assemblies]);

    /// <summary>All definitions of one type, by name.</summary>
    public IReadOnlyList<TDefinition> All<TDefinition>()
        where TDefinition : IDefinition => [.. _definitions.OfType<TDefinition>()];

    /// <summary>The definition of a type that has a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists those that there are.</exception>
    public TDefinition Find<TDefinition>(string name)
        where TDefinition : IDefinition
    {
        IReadOnlyList<TDefinition> all = All<TDefinition>();
        return all.FirstOrDefault(one => one.Name == name) ?? throw new KeyNotFoundException(
            $"There is no {name}; expected one of {string.Join(", ", all.Select(one => one.Name).Distinct())}.");
    }

    /// <summary>The definitions whose settings belong to a family, by name.</summary>
    /// <param name="family">The base record of the family's settings.</param>
    public IReadOnlyList<ISettingsDefinition> OfFamily(Type family)
    {
        ArgumentNullException.ThrowIfNull(family);
        return
        [
            .. _definitions.OfType<ISettingsDefinition>()
                .Where(definition => family.IsAssignableFrom(definition.SettingsType)),
        ];
    }

    private static IDefinition Make(Type type)
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        ConstructorInfo constructor = type.GetConstructor(Any, []) ?? throw new ArgumentException(
            $"The definition {type.FullName} has no constructor without arguments.");
        return (IDefinition)constructor.Invoke([]);
    }
}
