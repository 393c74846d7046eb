using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nudge.Experiments.Binding;
using Nudge.Experiments.Yaml;
using Nudge.Plugins;

namespace Nudge.Experiments;

/// <summary>Applies <c>--set path=value</c> to the tree of a file, before anything is made of it.</summary>
internal static class Overrides
{
    /// <summary>Begins an assignment that adds a plug-in to those of the file.</summary>
    internal const string AddPlugin = $"{Section}+=";

    private const string Section = "plugins";
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Applies one; what it brings carries the option as its place.</summary>
    internal static void Apply(YamlMap root, string assignment, Findings findings)
    {
        if (assignment.StartsWith(AddPlugin, StringComparison.Ordinal))
        {
            Add(root, assignment[AddPlugin.Length..]);
            return;
        }

        Place place = Place.Option($"--set {assignment}");
        int equals = assignment.IndexOf('=', StringComparison.Ordinal);
        string[] path = [.. Segments(equals < 0 ? "" : assignment[..equals].Trim())];
        if (path.Length == 0 || path.Contains(""))
            findings.Error(place, "", "not an assignment; expected path=value, such as links.activity.loss.rate=0.3");
        else
            Put(root, path, YamlReader.ReadOption(assignment[(equals + 1)..], place, findings), place, findings);
    }

    /// <summary>The assignment of plug-ins with the hashes that they have now.</summary>
    internal static string Plugins(IReadOnlyList<PluginSettings> plugins) => $"{Section}=" + new JsonArray(
        [.. plugins.Select(plugin => new JsonObject { ["file"] = plugin.File, ["sha256"] = plugin.Sha256 })]).ToJsonString(Plain);

    /// <summary>Applies <c>--seed N</c>.</summary>
    internal static void ApplySeed(YamlMap root, ulong seed)
    {
        Place place = Place.Option($"--seed {seed}");
        root.Set(new("seed", place, new YamlValue(place, $"{seed}", Plain: true)));
    }

    // One of the same name has moved: what hash it must have is still said in the file.
    private static void Add(YamlMap root, string file)
    {
        Place place = Place.Option($"--plugin {file}");
        var added = new YamlValue(place, file, Plain: false);
        IReadOnlyList<YamlTree> before = root[Section] is YamlList list ? list.Items : [];
        YamlTree? moved = before.FirstOrDefault(one => FileOf(one) is { } old && Path.GetFileName(old) == Path.GetFileName(file));
        YamlTree item = added;
        if (moved is YamlMap map)
        {
            map.Set(new("file", place, added));
            item = map;
        }

        root.Set(new(Section, place, new YamlList(place, [.. before.Where(one => one != moved), item])));
    }

    private static string? FileOf(YamlTree plugin) => ((plugin as YamlMap)?["file"] ?? plugin) is YamlValue { IsNull: false } file ? file.Text : null;

    private static void Put(YamlMap root, string[] path, YamlTree value, Place place, Findings findings)
    {
        YamlMap map = root;
        for (int i = 0; i < path.Length - 1; i++)
        {
            if (map[path[i]] is null or YamlValue { IsNull: true })
                map.Set(new(path[i], place, new YamlMap(place)));
            if (map[path[i]] is YamlValue word && ChoiceKey(path[..(i + 1)]) is { } key)
                map.Set(new(path[i], word.Place, Spelled(word, key)));
            if (map[path[i]] is not YamlMap inner)
            {
                string at = string.Join('.', path[..(i + 1)]);
                findings.Error(place, at, $"not a map in the file; expected --set {at}={{...}} to replace it");
                return;
            }

            map = inner;
        }

        map.Set(new(path[^1], place, value));
    }

    /// <summary>The map that a name by itself stands for.</summary>
    private static YamlMap Spelled(YamlValue word, string key)
    {
        var map = new YamlMap(word.Place);
        map.Set(new(key, word.Place, word));
        return map;
    }

    /// <summary>The key that names a definition where a path leads to a family of them, else null.</summary>
    private static string? ChoiceKey(string[] path)
    {
        Type type = typeof(ExperimentSettings);
        foreach (string part in path)
        {
            if (ValueKinds.Of(type) == ValueKind.Named)
                type = ValueKinds.ElementOf(type);
            else if (ValueKinds.Of(type) == ValueKind.Record && RecordShape.Of(type).Find(part) is { } key)
                type = key.Type;
            else
                return null;
        }

        return DefinitionScope.IsFamily(type) ? DefinitionScope.ChoiceOf(type).Key : null;
    }

    // The name of one direction of a projection has a dot of its own.
    private static IEnumerable<string> Segments(string path)
    {
        string[] parts = path.Split('.');
        for (int i = 0; i < parts.Length; i++)
        {
            bool direction = i == 2 && path.StartsWith("links.overrides.", StringComparison.Ordinal) &&
                i + 1 < parts.Length && parts[i + 1] is "forward" or "backward";
            yield return direction ? $"{parts[i]}.{parts[++i]}" : parts[i];
        }
    }
}
