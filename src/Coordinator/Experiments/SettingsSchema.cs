using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nudge.Populations;
using Nudge.Projections;
using Nudge.Stimuli;

namespace Nudge.Experiments;

/// <summary>A JSON Schema of experiment files for editors, from the same records that the program reads them into.</summary>
public static class SettingsSchema
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema (draft 2020-12).</summary>
    public static string ToJson()
    {
        JsonObject schema = Describe(typeof(ExperimentSettings), null);
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
        schema["title"] = "A Nudge experiment";
        return schema.ToJsonString(Options) + "\n";
    }

    private static JsonObject Describe(Type type, PropertyInfo? property)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(GranularitySettings))
            return Granularity();
        if (type == typeof(RateSchedule))
            return new() { ["oneOf"] = new JsonArray(Describe(typeof(RateLaw), null), Record(type)) };
        if (SettingName.IsMap(type, out Type values))
            return new() { ["type"] = "object", ["additionalProperties"] = Describe(values, null) };
        if (type.IsEnum)
            return new() { ["enum"] = new JsonArray([.. SettingName.Words(type).Select(word => JsonValue.Create(word))]) };
        if (type == typeof(string) && property is { Name: "Set" })
            return new() { ["enum"] = new JsonArray([.. DataSetCatalog.Names.Select(name => JsonValue.Create(name))]) };
        return Type.GetTypeCode(type) switch
        {
            TypeCode.String => new() { ["type"] = "string" },
            TypeCode.Boolean => new() { ["type"] = "boolean" },
            TypeCode.Double => Ranged("number", property),
            TypeCode.Object => Record(type),
            _ => Ranged("integer", property),
        };
    }

    private static JsonObject Record(Type type)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (PropertyInfo property in SettingName.Of(type))
        {
            JsonObject described = Describe(property.PropertyType, property);
            if (SettingText.Instance.Of(property) is { } summary)
                described["description"] = summary;
            properties[SettingName.Key(property)] = described;
            if (SettingName.IsRequired(property))
                required.Add(SettingName.Key(property));
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (required.Count > 0)
            schema["required"] = required;
        return schema;
    }

    private static JsonObject Granularity() => new()
    {
        ["oneOf"] = new JsonArray(
            new JsonObject { ["enum"] = new JsonArray("layer", "neuron") },
            new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject { ["slice"] = new JsonObject { ["type"] = "integer", ["minimum"] = 1 } },
                ["required"] = new JsonArray("slice"),
                ["additionalProperties"] = false,
            }),
    };

    private static JsonObject Ranged(string kind, PropertyInfo? property)
    {
        var schema = new JsonObject { ["type"] = kind };
        if (property?.GetCustomAttribute<RangeAttribute>() is not { } range)
            return schema;
        schema[range.MinimumIsExclusive ? "exclusiveMinimum" : "minimum"] = Number(range.Minimum);
        schema[range.MaximumIsExclusive ? "exclusiveMaximum" : "maximum"] = Number(range.Maximum);
        return schema;
    }

    private static double Number(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);
}
