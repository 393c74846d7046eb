using System.Text.Json;
using Nudge.Experiments;
using Nudge.Experiments.Yaml;

namespace Nudge.Coordinator.Tests.Docs;

/// <summary>Asks the JSON Schema of experiment files which keys and names it knows.</summary>
internal sealed class SchemaReader
{
    private static readonly string[] Combining = ["anyOf", "oneOf", "allOf"];
    private static readonly string[] Conditional = ["then", "else"];
    private static readonly string[] Referring = ["$ref"];
    private readonly JsonElement _root = JsonDocument.Parse(SettingsSchema.ToJson()).RootElement;

    /// <summary>The sections of a file.</summary>
    internal IEnumerable<string> Sections => _root.GetProperty("properties").EnumerateObject().Select(one => one.Name);

    /// <summary>Whether a path such as <c>links.activity.loss.rate</c> leads to a setting.</summary>
    internal bool Knows(string path)
    {
        JsonElement[] nodes = [_root];
        foreach (string key in path.Split('.'))
            nodes = [.. nodes.SelectMany(node => Children(node, key))];
        return nodes.Length > 0;
    }

    /// <summary>What in a part of a file is unknown: keys, and names where only certain ones are possible.</summary>
    internal IEnumerable<string> Unknown(YamlTree tree) => Unknown(tree, [_root]);

    private IEnumerable<string> Unknown(YamlTree tree, JsonElement[] nodes)
    {
        if (tree is YamlValue value && !Allows(nodes, value.Text))
            yield return $"{value.Place}: {value.Text}";
        if (tree is not YamlMap map)
            yield break;
        foreach (YamlEntry entry in map.Entries)
        {
            JsonElement[] children = [.. nodes.SelectMany(node => Children(node, entry.Key))];
            if (children.Length == 0)
                yield return $"{entry.KeyPlace}: {entry.Key}";
            else
            {
                foreach (string inner in Unknown(entry.Value, children))
                    yield return inner;
            }
        }
    }

    private bool Allows(JsonElement[] nodes, string text)
    {
        JsonElement[] scalars =
            [.. nodes.SelectMany(Alternatives).Where(one => !Has(one, "properties") && !IsNull(one))];
        return scalars.Length == 0 || scalars.Any(one => NamesOf(one) is not { } names || names.Contains(text));
    }

    private static bool Has(JsonElement node, string property) => node.TryGetProperty(property, out _);

    private static bool IsNull(JsonElement node) =>
        node.TryGetProperty("type", out JsonElement type)
        && type.ValueKind == JsonValueKind.String
        && type.ValueEquals("null");

    private static string[]? NamesOf(JsonElement node)
    {
        if (node.TryGetProperty("const", out JsonElement single))
            return [single.ToString()];
        return node.TryGetProperty("enum", out JsonElement names)
            ? [.. names.EnumerateArray().Select(name => name.ToString())]
            : null;
    }

    private IEnumerable<JsonElement> Children(JsonElement node, string key)
    {
        foreach (JsonElement one in Alternatives(node))
        {
            if (one.TryGetProperty("properties", out JsonElement known)
                && known.TryGetProperty(key, out JsonElement child))
                yield return child;
            else if (one.TryGetProperty("additionalProperties", out JsonElement any)
                && any.ValueKind == JsonValueKind.Object)
                yield return any;
        }
    }

    // The node itself without what it refers to, and all that may take its place.
    private IEnumerable<JsonElement> Alternatives(JsonElement node)
    {
        IEnumerable<JsonElement> others =
        [
            .. Combining.Where(name => Has(node, name)).SelectMany(name => node.GetProperty(name).EnumerateArray()),
            .. Conditional.Where(name => Has(node, name)).Select(name => node.GetProperty(name)),
            .. Referring.Where(name => Has(node, name)).Select(name => Definition(node.GetProperty(name).GetString()!)),
        ];
        bool only = !Has(node, "properties") && others.Any();
        return [.. only ? [] : new[] { node }, .. others.SelectMany(Alternatives)];
    }

    private JsonElement Definition(string reference) =>
        _root.GetProperty("$defs").GetProperty(reference[(reference.LastIndexOf('/') + 1)..]);
}
