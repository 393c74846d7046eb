using Nudge.Experiments.Yaml;

namespace Nudge.Experiments;

/// <summary>
/// Reads settings where earlier versions had them, with a warning that shows how to write them now: what only one rule or
/// model reads belongs to its own settings.
/// </summary>
internal static class MovedSettings
{
    private const string Learning = "learning";

    private static readonly (string Key, string Section, string? Within)[] Moves =
    [
        ("timing", Learning, "rule"),
        ("baseline", Learning, "rule"),
        ("centring", Learning, "rule"),
        ("sparsity", Learning, "rule"),
        ("statistic", "model", null),
    ];

    /// <summary>Where earlier versions had these settings.</summary>
    internal static IReadOnlyList<string> OldPaths { get; } = [.. Moves.Select(move => $"{Learning}.{move.Key}")];

    internal static void Apply(YamlMap root, Findings findings)
    {
        if (root[Learning] is not YamlMap learning)
            return;
        foreach ((string key, string section, string? within) in Moves)
        {
            if (learning.Take(key) is not { } moved)
                continue;
            YamlMap to = MapAt(root, section, moved.KeyPlace);
            to = within is null ? to : MapAt(to, within, moved.KeyPlace);
            to.Set(moved);
            string now = within is null ? $"{section}.{key}" : $"{section}.{within}.{key}";
            findings.Warn(moved.KeyPlace, $"{Learning}.{key}", $"is now {now}; write {Example(key, section, within, moved)}");
        }
    }

    /// <summary>The map of a key; a name by itself becomes the map that it stands for.</summary>
    private static YamlMap MapAt(YamlMap map, string key, Place place)
    {
        if (map[key] is YamlMap inner)
            return inner;
        var made = new YamlMap(map[key]?.Place ?? place);
        if (map[key] is YamlValue { IsNull: false } word)
            made.Set(new("kind", word.Place, word));
        map.Set(new(key, made.Place, made));
        return made;
    }

    private static string Example(string key, string section, string? within, YamlEntry moved)
    {
        string kind = within is null ? "boltzmann-machine" : "isd";
        string own = $"{{kind: {kind}, {key}: {FlowText.Of(moved.Value)}}}";
        return within is null ? $"{section}: {own}" : $"{section}: {{{within}: {own}}}";
    }
}
