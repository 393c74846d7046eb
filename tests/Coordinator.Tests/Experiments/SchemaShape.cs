using System.Globalization;
using System.Text.Json.Nodes;
using Nudge.Experiments;
using Nudge.Experiments.Yaml;

namespace Nudge.Coordinator.Tests.Experiments;

/// <summary>
/// Holds a file against the schema's structure: keys, required keys, words and kinds of values. Ranges and patterns are
/// left to the binder's own tests.
/// </summary>
internal sealed class SchemaShape
{
    private readonly JsonNode _root = JsonNode.Parse(SettingsSchema.ToJson())!;

    internal bool Accepts(string text)
    {
        var findings = new Findings();
        YamlTree tree = YamlReader.Read(text, "file.yaml", findings);
        findings.ThrowIfAny();
        return Accepts(_root, tree);
    }

    private bool Accepts(JsonNode schema, YamlTree tree)
    {
        if ((string?)schema["$ref"] is { } reference)
            return Accepts(_root["$defs"]![reference["#/$defs/".Length..]]!, tree);
        if (schema["anyOf"] is JsonArray forms)
            return forms.Any(form => Accepts(form!, tree));
        if (schema["enum"] is JsonArray words)
            return tree is YamlValue word && words.Any(one => one!.ToString() == word.Text);
        if (schema["const"] is { } constant)
            return tree is YamlValue value && constant.ToString() == value.Text;
        return schema["type"] switch
        {
            JsonArray types => types.Any(type => IsOf((string)type!, schema, tree)),
            { } type => IsOf((string)type!, schema, tree),
            null => true,
        };
    }

    private bool IsOf(string type, JsonNode schema, YamlTree tree) => (type, tree) switch
    {
        ("object", YamlMap map) => Accepts(schema, map),
        ("array", YamlList) => true,
        ("null", YamlValue value) => value.IsNull,
        ("boolean", YamlValue value) => value.Plain && value.Text is "true" or "false",
        ("number" or "integer", YamlValue value) =>
            value.Plain && double.TryParse(value.Text, CultureInfo.InvariantCulture, out _),
        ("string", YamlValue value) => !value.IsNull,
        _ => false,
    };

    private bool Accepts(JsonNode schema, YamlMap map)
    {
        if (schema["required"] is JsonArray required && required.Any(key => map[(string)key!] is null))
            return false;
        return map.Entries.All(entry => schema["properties"]?[entry.Key] is { } own
            ? Accepts(own, entry.Value)
            : schema["additionalProperties"] is JsonObject any && Accepts(any, entry.Value));
    }
}
