using System.Globalization;
using Nudge.Experiments.Binding;
using Nudge.Experiments.Yaml;

namespace Nudge.Experiments.Sweeping;

/// <summary>Reads the <c>sweep:</c> section, strictly; what its paths and values mean is known only when they are applied.</summary>
internal sealed class SweepSectionReader(Findings findings)
{
    /// <summary>The name of the section.</summary>
    internal const string Key = "sweep";

    private const int MostSeeds = 1_000_000;

    private static readonly string[] Keys = ["seeds", "measure", "set", "vary", "tune", "variants", "quick"];

    /// <summary>Takes the section out of a file's tree; null where there is none.</summary>
    internal SweepSection? TakeFrom(YamlMap root) =>
        root.Take(Key) is { Value: var tree } ? Section(tree, Key, Keys) : null;

    private SweepSection Section(YamlTree tree, string path, string[] keys)
    {
        var section = new SweepSection();
        foreach (YamlEntry entry in Entries(tree, path, $"a map of {Words.Either(keys)}"))
        {
            string inner = $"{path}.{entry.Key}";
            section = keys.Contains(entry.Key) ? Read(section, entry, inner) : Unknown(section, entry, inner, keys);
        }

        return section;
    }

    private SweepSection Read(SweepSection section, YamlEntry entry, string path) => entry.Key switch
    {
        "seeds" => section with { Seeds = Seeds(entry.Value, path) },
        "measure" => section with { Measure = Measure(entry.Value, path) },
        "set" => section with { Set = Assignments(entry.Value, path, Value) },
        "vary" => section with { Vary = Assignments(entry.Value, path, Values) },
        "tune" => section with { Tune = Tuned(entry.Value, path) },
        "variants" => section with { Variants = Variants(entry.Value, path) },
        _ => section with { Quick = Section(entry.Value, path, ["seeds", "set", "vary"]) },
    };

    private SweepSection Unknown(SweepSection section, YamlEntry entry, string path, string[] keys)
    {
        string guess = Suggestion.For(entry.Key, keys);
        findings.Error(entry.KeyPlace, path, $"unknown key{guess}; expected {Words.Either(keys)}");
        return section;
    }

    private int? Seeds(YamlTree tree, string path)
    {
        if (tree is YamlValue { Text: var text }
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seeds) && seeds is >= 1 and <= MostSeeds)
        {
            return seeds;
        }

        findings.Error(tree.Place, path, "expected a whole number of runs for each point, at least 1");
        return null;
    }

    private string? Measure(YamlTree tree, string path)
    {
        if (tree is YamlValue { Text: var text } && SweepMeasures.Names.Contains(text))
            return text;
        findings.Error(tree.Place, path, $"expected {Words.Either(SweepMeasures.Names)}");
        return null;
    }

    private PlacedText? Tuned(YamlTree tree, string path)
    {
        List<PlacedText> all = Assignments(tree, path, Values);
        if (all.Count > 1)
            findings.Error(tree.Place, path, "expected one setting");
        return all.FirstOrDefault();
    }

    private List<SweepVariant> Variants(YamlTree tree, string path)
    {
        var variants = new List<SweepVariant>();
        foreach (YamlEntry entry in Entries(tree, path, "a map of names, each with a map of settings"))
        {
            if (entry.Key.Length == 0 || entry.Key.Contains('=', StringComparison.Ordinal))
                findings.Error(entry.KeyPlace, path, "bad name of a variant; expected words without =");
            string inner = $"{path}.{entry.Key}";
            variants.Add(new(entry.Key, [.. Assignments(entry.Value, inner, Value).Select(one => one.Assignment)]));
        }

        if (variants.Count == 1)
            findings.Error(tree.Place, path, "one variant alone; expected two or more, or its settings under set");
        return variants;
    }

    private List<PlacedText> Assignments(YamlTree tree, string path, Func<YamlTree, string, string?> text)
    {
        var all = new List<PlacedText>();
        foreach (YamlEntry entry in Entries(tree, path, "a map of settings, such as links.activity.loss.rate, each with its value"))
        {
            if (text(entry.Value, $"{path}.{entry.Key}") is { } value)
                all.Add(new(entry.Key, value, entry.KeyPlace));
        }

        return all;
    }

    private static string? Value(YamlTree tree, string path) => FlowText.Of(tree);

    private string? Values(YamlTree tree, string path)
    {
        if (tree is YamlList list)
            return string.Join(", ", list.Items.Select(FlowText.Of));
        if (tree is YamlValue { IsNull: false } value)
            return value.Text;
        if (tree is not YamlRefused)
            findings.Error(tree.Place, path, "expected a list of values, or a range such as 0..0.9:10");
        return null;
    }

    private IEnumerable<YamlEntry> Entries(YamlTree tree, string path, string expected)
    {
        if (tree is YamlMap map)
            return map.Entries;
        if (tree is not YamlRefused)
            findings.Error(tree.Place, path, $"expected {expected}");
        return [];
    }
}
