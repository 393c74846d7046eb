using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Nudge.Catalogue;

namespace Nudge.Interventions;

/// <summary>
/// Interventions as one line of JSON, with the keys and words of an experiment file: in files, checkpoints and messages.
/// </summary>
public static class InterventionJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowOutOfOrderMetadataProperties = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameDefinitions } },
    };

    /// <summary>Writes one.</summary>
    public static string Write(InterventionSettings settings) => JsonSerializer.Serialize(settings, Options);

    /// <summary>Reads one that <see cref="Write"/> has written.</summary>
    /// <exception cref="InvalidDataException">It is not one.</exception>
    public static InterventionSettings Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<InterventionSettings>(json, Options)
                ?? throw new InvalidDataException("There is no intervention.");
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            throw new InvalidDataException($"This is no intervention: {error.Message}", error);
        }
    }

    private static void NameDefinitions(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || !typeof(DefinedSettings).IsAssignableFrom(type.Type))
            return;
        // What a definition computes from its settings is not one of them.
        foreach (JsonPropertyInfo property in type.Properties.Where(property => property.Set is null).ToList())
            type.Properties.Remove(property);
        Type? family = type.Type;
        while (family is not null && !Attribute.IsDefined(family, typeof(ChosenByAttribute), inherit: false))
            family = family.BaseType;
        if (family != type.Type)
            return;
        var choice = (ChosenByAttribute)Attribute.GetCustomAttribute(family, typeof(ChosenByAttribute), inherit: false)!;
        type.PolymorphismOptions = new() { TypeDiscriminatorPropertyName = choice.Key };
        foreach (ISettingsDefinition definition in DefinitionCatalogue.BuiltIn.OfFamily(family))
            type.PolymorphismOptions.DerivedTypes.Add(new(definition.SettingsType, definition.Name));
    }
}
