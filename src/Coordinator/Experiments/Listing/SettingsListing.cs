using Nudge.Catalogue;
using Nudge.Experiments.Binding;
using Nudge.Experiments.Explaining;

namespace Nudge.Experiments.Listing;

/// <summary>Describes the settings that belong to one definition.</summary>
internal sealed class SettingsListing(DefinitionCatalogue catalogue)
{
    private readonly Documentation _documentation = Documentation.Of(catalogue);

    /// <summary>The settings of a record that its family does not have; those of a map within it one by one.</summary>
    /// <param name="type">The record of the definition.</param>
    internal IReadOnlyList<ListedSetting> Of(Type type) =>
    [
        .. Within(type, RecordShape.Of(type).Blank(), "")
            .Where(one => !IsOfFamily(one.Key)).Select(one => one.Setting),
    ];

    private static bool IsOfFamily(KeyShape key) => DefinitionScope.IsFamily(key.Property.DeclaringType!);

    private IEnumerable<(KeyShape Key, ListedSetting Setting)> Within(Type type, object values, string path) =>
        RecordShape.Of(type).Keys.SelectMany(key => At(key, key.Property.GetValue(values), path + key.Name));

    private IEnumerable<(KeyShape Key, ListedSetting Setting)> At(KeyShape key, object? value, string path) =>
        key.Kind == ValueKind.Record
            ? Within(key.Type, value ?? RecordShape.Of(key.Type).Blank(), path + ".")
            : [(key, new(path, value, key.Required, SettingsWriter.Meaning(key, _documentation)))];
}
