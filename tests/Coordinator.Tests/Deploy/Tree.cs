using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Nudge.Coordinator.Tests.Deploy;

/// <summary>A YAML document: texts, lists and maps, with anchors and merged keys already put in.</summary>
internal sealed class Tree
{
    private readonly object? _value;
    private readonly string _place;

    private Tree(object? value, string place)
    {
        _value = value;
        _place = place;
    }

    /// <summary>What lies under a key; fails where there is no such key.</summary>
    internal Tree this[string key] => Map.TryGetValue(key, out Tree? found)
        ? found
        : throw new KeyNotFoundException($"{_place}: has no {key}");

    internal string Text => _value as string ?? throw new InvalidCastException($"{_place}: expected a text");

    internal int Number => int.Parse(Text, System.Globalization.CultureInfo.InvariantCulture);

    internal bool IsText => _value is string;

    internal IReadOnlyList<Tree> Items => _value is List<object> list
        ? [.. list.Select((item, i) => new Tree(item, $"{_place}[{i}]"))]
        : throw new InvalidCastException($"{_place}: expected a list");

    internal string[] Texts => [.. Items.Select(item => item.Text)];

    internal IReadOnlyDictionary<string, Tree> Map => _value is Dictionary<object, object> map
        ? map.ToDictionary(pair => (string)pair.Key, pair => new Tree(pair.Value, $"{_place}.{pair.Key}"))
        : throw new InvalidCastException($"{_place}: expected a map");

    internal IReadOnlyDictionary<string, string> TextMap => Map.ToDictionary(pair => pair.Key, pair => pair.Value.Text);

    internal static Tree Load(string file)
    {
        using StreamReader reader = File.OpenText(file);
        var merged = new MergingParser(new Parser(reader));
        return new(new DeserializerBuilder().Build().Deserialize<object>(merged), Path.GetFileName(file));
    }

    internal bool Has(string key) => Map.ContainsKey(key);

    /// <summary>The item of a list whose name is this one.</summary>
    internal Tree Named(string name) => Items.Single(item => item["name"].Text == name);
}
