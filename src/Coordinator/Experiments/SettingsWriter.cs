using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Nudge.Catalogue;
using Nudge.Experiments.Binding;
using Nudge.Experiments.Explaining;
using Nudge.Phases;

namespace Nudge.Experiments;

/// <summary>
/// Writes settings as an experiment file with every default filled in and every key explained where it first stands.
/// </summary>
public sealed class SettingsWriter
{
    private const int Width = 118;

    private readonly StringBuilder _text = new();
    private readonly HashSet<PropertyInfo> _explained = [];
    private readonly HashSet<Type> _families = [];
    private readonly DefinitionScope _scope;
    private readonly bool _explains;
    private Documentation? _documentation;

    private SettingsWriter(ExperimentSettings settings, bool explains)
    {
        _explains = explains;
        _scope = new(Definitions.Of(settings));
        _scope.Enter(settings.Model);
    }

    /// <summary>The file. Loaded again it gives the same settings.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="explained">Whether each key has its meaning beside it.</param>
    public static string ToYaml(ExperimentSettings settings, bool explained)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var file = new SettingsWriter(settings, explained);
        file.Record(settings, 0);
        return file._text.ToString();
    }

    /// <summary>The settings as JSON, with the keys and words of a file.</summary>
    public static JsonNode ToJson(ExperimentSettings settings) => SettingsJson.Record(settings);

    private void Record(object record, int indent)
    {
        foreach (KeyShape key in RecordShape.Of(record.GetType()).Keys)
        {
            Comment(key, indent);
            Entry(key.Name, key.Kind, key.Property.GetValue(record), indent);
        }
    }

    private void Entry(string name, ValueKind kind, object? value, int indent)
    {
        _text.Append(' ', indent).Append(name).Append(':');
        if (value is null || kind is ValueKind.Scalar or ValueKind.Granularity)
            _text.Append(' ').Append(Written.Scalar(value)).Append('\n');
        else if (kind == ValueKind.Named)
            Named((IEnumerable)value, indent + 2);
        else if (kind == ValueKind.List)
            List((IEnumerable)value, indent + 2);
        else if (kind == ValueKind.Defined)
            Defined((DefinedSettings)value, indent + 2);
        else
        {
            _text.Append('\n');
            Record(value, indent + 2);
        }
    }

    private void Defined(DefinedSettings settings, int indent)
    {
        Type family = DefinitionScope.FamilyOf(settings);
        _text.Append('\n');
        if (_explains && _families.Add(family))
            Choices(family, indent);
        string key = DefinitionScope.ChoiceOf(family).Key;
        _text.Append(' ', indent).Append(key).Append(": ").Append(settings.Definition.Name).Append('\n');
        Record(settings, indent);
    }

    /// <summary>Lists what a file may choose from, with what each is.</summary>
    private void Choices(Type family, int indent)
    {
        foreach (ISettingsDefinition definition in _scope.Candidates(family))
            Paragraph($"{definition.Name}: {definition.Summary}", indent);
    }

    private void Named(IEnumerable pairs, int indent)
    {
        int start = _text.Length;
        foreach (object pair in pairs)
        {
            Type type = pair.GetType();
            object value = type.GetProperty("Value")!.GetValue(pair)!;
            ValueKind kind = value is DefinedSettings ? ValueKind.Defined : ValueKinds.Of(value.GetType());
            Entry((string)type.GetProperty("Key")!.GetValue(pair)!, kind, value, indent);
        }

        if (_text.Length == start)
            _text.Append(" {}\n");
        else
            _text.Insert(start, '\n');
    }

    private void List(IEnumerable items, int indent)
    {
        int start = _text.Length;
        foreach (object item in items)
        {
            _text.Append(' ', indent).Append("-\n");
            Record(item, indent + 2);
        }

        _text.Insert(start, _text.Length == start ? " []\n" : "\n");
    }

    private void Comment(KeyShape key, int indent)
    {
        if (!_explains || !_explained.Add(key.Property))
            return;
        if (indent == 0 && _text.Length > 0)
            _text.Append('\n');
        Paragraph(Meaning(key, _documentation ??= Documentation.Of(_scope.Catalogue)), indent);
    }

    private void Paragraph(string text, int indent)
    {
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && indent + 2 + line.Length + 1 + word.Length > Width)
            {
                CommentLine(line, indent);
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        if (line.Length > 0)
            CommentLine(line, indent);
    }

    private void CommentLine(string line, int indent) =>
        _text.Append(' ', indent).Append("# ").Append(line).Append('\n');

    /// <summary>What a setting means and which values it takes.</summary>
    internal static string Meaning(KeyShape key, Documentation documentation) =>
        $"{documentation.Of(key.Property)} {Allowed(key)}".Trim();

    private static string Allowed(KeyShape key) => key.Kind switch
    {
        ValueKind.Granularity => "One of layer, neuron, {slice: n}, {channels: n}.",
        ValueKind.Schedule => "A law by itself, or a map.",
        ValueKind.List => $"A list; each item is the {RecordShape.Of(ValueKinds.ElementOf(key.Type)).Keys[0].Name} by itself, or a map.",
        ValueKind.Defined => "A name by itself, or a map.",
        ValueKind.Scalar when key.Type.IsEnum => $"One of {string.Join(", ", Words.Of(key.Type))}.",
        ValueKind.Scalar when key.Limits.Words.Count > 0 => $"One of {string.Join(", ", key.Limits.Words)}.",
        ValueKind.Scalar when key.Type == typeof(PhaseProbability) =>
            $"A number{key.Limits.RangeInWords}, or {PhaseProbability.OptimalWord}.",
        ValueKind.Scalar when key.Limits.Range is not null => $"A number{key.Limits.RangeInWords}.",
        _ => "",
    };
}
