using System.Collections;
using System.Text.RegularExpressions;
using Nudge.Experiments.Yaml;
using Nudge.Topology;

namespace Nudge.Experiments.Binding;

/// <summary>Makes records out of a YAML tree, strictly: each key known, each value of its type and range.</summary>
internal sealed partial class Binder(Findings findings, PlaceMap places, DefinitionScope scope)
{
    /// <summary>What names of the user's own look like; a direction of a projection has a dot.</summary>
    internal const string NameRule = $"^{Name}$";

    private const string Name = "[A-Za-z0-9][A-Za-z0-9_-]{0,63}(\\.(forward|backward))?";

    /// <summary>Binds a whole file. What could not be bound is left at its default, and reported.</summary>
    internal T Root<T>(YamlTree tree)
        where T : class => (T?)Bind(typeof(T), tree, "", Limits.None) ?? (T)RecordShape.Of(typeof(T)).Blank();

    /// <summary>Binds the settings of one definition of a family; null where that is reported to be impossible.</summary>
    internal T? Member<T>(YamlTree tree)
        where T : class => (T?)Bind(typeof(T), tree, "", Limits.None);

    // Null means that nothing could be made of the node, and that this has been reported.
    private object? Bind(Type type, YamlTree tree, string path, Limits limits)
    {
        places.Add(path, tree.Place);
        return ValueKinds.Of(type) switch
        {
            ValueKind.Scalar => Scalar(type, tree, path, limits),
            ValueKind.Named => Named(type, tree, path),
            ValueKind.Defined => Defined(type, tree, path),
            ValueKind.List => List(type, tree, path),
            ValueKind.Granularity => Granularity(tree, path),
            ValueKind.Schedule when tree is YamlValue { IsNull: false } word => Schedule(word, path),
            _ => Record(type, tree, path),
        };
    }

    private object? Scalar(Type type, YamlTree tree, string path, Limits limits)
    {
        if (tree is not YamlValue written)
            return Refuse(tree, path, ScalarReader.Expected(type, limits));
        (object? value, string? error) = ScalarReader.Read(written, type, limits);
        if (error is not null)
            findings.Error(tree.Place, path, error);
        return value;
    }

    private object? Record(Type type, YamlTree tree, string path)
    {
        RecordShape shape = RecordShape.Of(type);
        if (tree is not YamlMap map)
            return Refuse(tree, path, $"a map of {Words.Either([.. shape.Keys.Select(k => k.Name)])}");
        object record = shape.Blank();
        // In the order of the record and not of the file: what a rule may be depends on the model.
        foreach (KeyShape key in shape.Keys)
        {
            if (map.Find(key.Name) is { } entry)
                Assign(record, key, entry, Join(path, entry.Key));
            else if (key.Kind == ValueKind.Defined && key.Property.GetValue(record) is { } usual)
                scope.Enter(usual);
        }

        foreach (YamlEntry entry in map.Entries.Where(entry => shape.Find(entry.Key) is null))
            Unknown(entry, path, shape);

        foreach (KeyShape key in shape.Keys.Where(k => k.Required && map[k.Name] is null))
            findings.Error(map.Place, Join(path, key.Name), $"missing; expected {Expected(key)}");
        return record;
    }

    private void Assign(object record, KeyShape key, YamlEntry entry, string path)
    {
        // A key left empty is the same as a key left out where leaving it out has a meaning.
        if (key.Optional && entry.Value is YamlValue { IsNull: true })
            return;
        if (Bind(key.Type, entry.Value, path, key.Limits) is { } value)
            key.Property.SetValue(record, value);
    }

    private object? Named(Type type, YamlTree tree, string path)
    {
        Type element = ValueKinds.ElementOf(type);
        if (tree is not YamlMap map)
            return Refuse(tree, path, "a map by name");
        var named = (IDictionary)Activator.CreateInstance(
            typeof(OrderedDictionary<,>).MakeGenericType(typeof(string), element))!;
        foreach (YamlEntry entry in map.Entries)
        {
            if (!NamePattern().IsMatch(entry.Key))
                findings.Error(entry.KeyPlace, path, $"bad name {entry.Key}; expected letters from a to z, digits, - and _");
            else if (Bind(element, entry.Value, Join(path, entry.Key), Limits.None) is { } value)
                named.Add(entry.Key, value);
        }

        return named;
    }

    private object? Granularity(YamlTree tree, string path)
    {
        const string Expected = "layer, neuron, {slice: n} or {channels: n}";
        foreach (GranularityKind kind in GranularitySettings.Counted)
        {
            string key = Words.Kebab(kind.ToString());
            if (tree is YamlMap map && map.Entries.Count() == 1 && map[key] is { } units)
            {
                return Bind(typeof(int), units, Join(path, key), KeyShape.SliceUnits.Limits) is int n
                    ? new GranularitySettings(kind, n)
                    : null;
            }
        }

        return tree switch
        {
            YamlValue { Text: "layer" } => GranularitySettings.Layer,
            YamlValue { Text: "neuron" } => new GranularitySettings(GranularityKind.Neuron),
            _ => Refuse(tree, path, Expected),
        };
    }

    private RateSchedule? Schedule(YamlValue word, string path) =>
        Scalar(typeof(RateLaw), word, path, Limits.None) is RateLaw law ? new RateSchedule { Law = law } : null;

    private void Unknown(YamlEntry entry, string path, RecordShape shape, params string[] others)
    {
        string[] known = [.. others, .. shape.Keys.Select(k => k.Name)];
        string guess = Suggestion.For(entry.Key, known);
        findings.Error(entry.KeyPlace, Join(path, entry.Key), $"unknown key{guess}; expected {Words.Either(known)}");
    }

    private object? Refuse(YamlTree tree, string path, string expected)
    {
        string? found = tree switch
        {
            YamlValue { IsNull: true } => "nothing",
            YamlValue value => ScalarReader.Shown(value),
            YamlMap => "a map",
            YamlList => "a list",
            _ => null,
        };
        if (found is not null)
            findings.Error(tree.Place, path, $"found {found}; expected {expected}");
        return null;
    }

    private string Expected(KeyShape key) => key.Kind switch
    {
        ValueKind.Scalar => ScalarReader.Expected(key.Type, key.Limits),
        ValueKind.Named => "a map by name",
        ValueKind.List => "a list",
        ValueKind.Defined => Choices(key.Type),
        _ => $"a map of {Words.Either([.. RecordShape.Of(key.Type).Keys.Select(k => k.Name)])}",
    };

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    [GeneratedRegex($"^{Name}\\z")]
    private static partial Regex NamePattern();
}
