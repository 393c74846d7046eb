namespace Nudge.Experiments.Yaml;

/// <summary>A node of a YAML document, with its place in the source.</summary>
internal abstract record YamlTree(Place Place);

/// <summary>A plain or quoted value.</summary>
internal sealed record YamlValue(Place Place, string Text, bool Plain) : YamlTree(Place)
{
    internal bool IsNull => Plain && Text is "" or "~" or "null" or "Null" or "NULL";
}

/// <summary>A list. No setting of a run is one: only what a sweep varies.</summary>
internal sealed record YamlList(Place Place, IReadOnlyList<YamlTree> Items) : YamlTree(Place);

/// <summary>Something already reported as an error, so that it is not reported twice.</summary>
internal sealed record YamlRefused(Place Place) : YamlTree(Place);

/// <summary>A map in the order of the file.</summary>
internal sealed record YamlMap(Place Place) : YamlTree(Place)
{
    private readonly OrderedDictionary<string, YamlEntry> _entries = new(StringComparer.Ordinal);

    internal IEnumerable<YamlEntry> Entries => _entries.Values;

    internal YamlTree? this[string key] => _entries.TryGetValue(key, out YamlEntry? entry) ? entry.Value : null;

    /// <summary>The entry of a key; null where there is none.</summary>
    internal YamlEntry? Find(string key) => _entries.GetValueOrDefault(key);

    internal bool TryAdd(YamlEntry entry) => _entries.TryAdd(entry.Key, entry);

    /// <summary>Puts a value in the place of another, or at the end.</summary>
    internal void Set(YamlEntry entry) => _entries[entry.Key] = entry;

    /// <summary>Takes an entry out; null where there is none.</summary>
    internal YamlEntry? Take(string key) => _entries.Remove(key, out YamlEntry? entry) ? entry : null;
}

/// <summary>A key with its value.</summary>
internal sealed record YamlEntry(string Key, Place KeyPlace, YamlTree Value);
