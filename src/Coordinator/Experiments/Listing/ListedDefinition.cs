using System.Text.Json.Nodes;
using Nudge.Catalogue;
using Nudge.Experiments.Explaining;

namespace Nudge.Experiments.Listing;

/// <summary>The definitions of one family, as a list shows them.</summary>
/// <param name="Name">What the command line calls the family, such as <c>models</c>.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Key">The setting of an experiment file that chooses among its members.</param>
/// <param name="Definitions">Its members, by name.</param>
internal sealed record ListedFamily(
    string Name, string Title, string Key, IReadOnlyList<ListedDefinition> Definitions);

/// <summary>One definition, as a list shows it.</summary>
/// <param name="Definition">The definition.</param>
/// <param name="Label">Its name; where several forms share a name, with what tells them apart.</param>
/// <param name="Facts">Beside its name and summary. All members of a family have the same facts.</param>
/// <param name="Settings">The settings that are its own and not those of its family.</param>
internal sealed record ListedDefinition(
    IDefinition Definition, string Label, IReadOnlyList<ListedFact> Facts, IReadOnlyList<ListedSetting> Settings);

/// <summary>Something that is known of a definition.</summary>
/// <param name="Name">The column of a table, and the key of a JSON object.</param>
/// <param name="Text">For people.</param>
/// <param name="Value">For programs.</param>
internal sealed record ListedFact(string Name, string Text, JsonNode? Value);

/// <summary>A setting of a definition.</summary>
/// <param name="Path">Its key; one within a map as <c>map.key</c>.</param>
/// <param name="Default">The value where a file writes none.</param>
/// <param name="IsRequired">Whether a file must write it.</param>
/// <param name="Meaning">What it means and which values it takes.</param>
internal sealed record ListedSetting(string Path, object? Default, bool IsRequired, string Meaning)
{
    /// <summary>The default as a file writes it.</summary>
    internal string DefaultText => IsRequired ? "required" : Written.Scalar(Default);
}
