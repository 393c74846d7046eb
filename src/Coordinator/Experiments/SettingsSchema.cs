using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nudge.Catalogue;
using Nudge.Experiments.Binding;
using Nudge.Experiments.Explaining;
using Nudge.Experiments.Sweeping;

namespace Nudge.Experiments;

/// <summary>Writes the JSON Schema of experiment files, for editors, from the records that the binder fills.</summary>
public sealed class SettingsSchema
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly DefinitionCatalogue _catalogue;
    private readonly Documentation _documentation;
    private readonly SortedDictionary<string, JsonNode> _definitions = new(StringComparer.Ordinal);

    private SettingsSchema(DefinitionCatalogue catalogue)
    {
        _catalogue = catalogue;
        _documentation = Documentation.Of(catalogue);
    }

    /// <summary>The schema, in draft 2020-12.</summary>
    /// <param name="catalogue">What files may name; null for what the program has itself.</param>
    public static string ToJson(DefinitionCatalogue? catalogue = null)
    {
        var writer = new SettingsSchema(catalogue ?? Definitions.All);
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Nudge experiment",
        };
        foreach ((string key, JsonNode? value) in writer.Record(typeof(ExperimentSettings)))
            schema[key] = value?.DeepClone();
        schema["properties"]![SweepSectionReader.Key] = SweepSchema.Section();
        var definitions = new JsonObject();
        foreach ((string name, JsonNode definition) in writer._definitions)
            definitions[name] = definition;
        schema["$defs"] = definitions;
        return schema.ToJsonString(Readable) + "\n";
    }

    private JsonObject Record(Type type)
    {
        RecordShape shape = RecordShape.Of(type);
        object defaults = shape.Blank();
        var properties = new JsonObject();
        foreach (KeyShape key in shape.Keys)
            properties[key.Name] = Property(key, defaults);
        var record = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = properties,
        };
        JsonNode?[] required = [.. shape.Keys.Where(k => k.Required).Select(k => JsonValue.Create(k.Name))];
        if (required.Length > 0)
            record["required"] = new JsonArray(required);
        return record;
    }

    private JsonObject Property(KeyShape key, object defaults)
    {
        JsonObject property = Value(key.Type, key.Limits);
        if (key.Optional)
            property = new() { ["anyOf"] = new JsonArray(property, new JsonObject { ["type"] = "null" }) };
        string meaning = _documentation.Of(key.Property);
        if (meaning.Length > 0)
            property["description"] = meaning;
        // A number that its own range excludes stands for what follows from other settings.
        if (!key.Required && key.Kind == ValueKind.Scalar && key.Property.GetValue(defaults) is { } value
            && !(value is int && key.Limits.Range?.IsValid(value) == false))
            property["default"] = ScalarSchema.Json(value);
        return property;
    }

    private JsonObject Value(Type type, Limits limits) => ValueKinds.Of(type) switch
    {
        ValueKind.Scalar => ScalarSchema.Of(type, limits),
        ValueKind.Named => Named(ValueKinds.ElementOf(type)),
        ValueKind.List => List(ValueKinds.ElementOf(type)),
        ValueKind.Defined => Defined(type),
        ValueKind.Granularity => ScalarSchema.Granularity(),
        ValueKind.Schedule => new()
        {
            ["anyOf"] = new JsonArray(ScalarSchema.Of(typeof(Topology.RateLaw), Limits.None), Reference(type)),
        },
        _ => Reference(type),
    };

    /// <summary>A name by itself, or a map whose key chooses among the definitions of a family.</summary>
    private JsonObject Defined(Type family)
    {
        var choice = DefinitionScope.ChoiceOf(family);
        var forms = new JsonArray();
        foreach (ISettingsDefinition definition in new DefinitionScope(_catalogue).All(family))
        {
            string name = Words.Key(definition.SettingsType.Name);
            if (_definitions.TryAdd(name, new JsonObject()))
            {
                JsonObject record = Record(definition.SettingsType);
                ((JsonObject)record["properties"]!).Insert(0, choice.Key, new JsonObject { ["const"] = definition.Name });
                if (choice.Default != definition.Name)
                    record["required"] = Required(choice.Key, record["required"] as JsonArray);
                record["description"] = definition.Summary;
                _definitions[name] = record;
            }

            forms.Add(new JsonObject { ["$ref"] = $"#/$defs/{name}" });
        }

        forms.Insert(0, new JsonObject
        {
            ["enum"] = new JsonArray([.. new DefinitionScope(_catalogue).Candidates(family).Select(one => (JsonNode?)one.Name)]),
        });
        return new() { ["anyOf"] = forms };
    }

    private static JsonArray Required(string key, JsonArray? others) =>
        new([key, .. others?.Select(other => other?.DeepClone()) ?? []]);

    private JsonObject Named(Type element) => new()
    {
        ["type"] = "object",
        ["propertyNames"] = new JsonObject { ["pattern"] = Binder.NameRule },
        ["additionalProperties"] = Value(element, Limits.None),
    };

    private JsonObject List(Type element) => new()
    {
        ["type"] = "array",
        ["items"] = new JsonObject
        {
            ["anyOf"] = new JsonArray(Value(RecordShape.Of(element).Keys[0].Type, Limits.None), Reference(element)),
        },
    };

    private JsonObject Reference(Type type)
    {
        string name = Words.Key(type.Name);
        if (_definitions.TryAdd(name, new JsonObject()))
            _definitions[name] = Record(type);
        return new() { ["$ref"] = $"#/$defs/{name}" };
    }
}
