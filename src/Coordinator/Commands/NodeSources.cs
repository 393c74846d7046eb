using System.CommandLine;
using Nudge.Experiments;
using Nudge.Experiments.Binding;
using Nudge.Experiments.Yaml;

namespace Nudge.Commands;

/// <summary>Where the settings of a node come from: options, the environment, a settings file.</summary>
internal sealed class NodeSources
{
    private readonly ParseResult _parsed;
    private readonly Func<string, string?> _environment;
    private readonly Dictionary<string, string> _file = new(StringComparer.Ordinal);

    /// <exception cref="ExperimentException">The file cannot be read, or sets something that is not known.</exception>
    internal NodeSources(
        ParseResult parsed, string? file, IReadOnlyList<NodeSetting> known, Func<string, string?> environment)
    {
        _parsed = parsed;
        _environment = environment;
        if (file is not null)
            Read(file, known);
    }

    internal static string Joined(IEnumerable<string> tokens) => string.Join(',', tokens);

    /// <summary>What was written for a setting, or null where nothing was.</summary>
    /// <exception cref="ExperimentException">The environment sets something that does not fit.</exception>
    internal string? TextOf(NodeSetting setting)
    {
        if (_parsed.GetResult(setting.Option) is { Implicit: false } given)
            return Joined(given.Tokens.Select(token => token.Value));
        // A variable that is set and empty is the same as none: compose files cannot leave one out.
        if (_environment(setting.Variable) is not { Length: > 0 } text)
            return _file.GetValueOrDefault(setting.Name);
        return setting.ErrorOf(text) is { } error
            ? throw new ExperimentException([new(setting.Variable, "", error)])
            : text;
    }

    private void Read(string file, IReadOnlyList<NodeSetting> known)
    {
        var findings = new Findings();
        YamlTree tree = YamlReader.Read(ExperimentText.Read(file).Text, file, findings);
        if (tree is YamlMap map)
        {
            foreach (YamlEntry entry in map.Entries)
                Read(entry, known, findings);
        }
        else if (tree is not (YamlRefused or YamlValue { IsNull: true }))
        {
            findings.Error(tree.Place, "", $"expected a map of {Words.Either([.. known.Select(each => each.Name)])}");
        }

        findings.ThrowIfAny();
    }

    private void Read(YamlEntry entry, IReadOnlyList<NodeSetting> known, Findings findings)
    {
        NodeSetting? setting = known.FirstOrDefault(each => each.Name == entry.Key);
        string[] names = [.. known.Select(each => each.Name)];
        if (setting is null)
        {
            string guess = Suggestion.For(entry.Key, names);
            findings.Error(entry.KeyPlace, entry.Key, $"unknown key{guess}; expected {Words.Either(names)}");
        }
        else if (entry.Value is not YamlValue { IsNull: false } value)
            findings.Error(entry.Value.Place, entry.Key, "expected one value; several are set apart by commas");
        else if (setting.ErrorOf(value.Text) is { } error)
            findings.Error(value.Place, entry.Key, error);
        else
            _file[entry.Key] = value.Text;
    }
}
