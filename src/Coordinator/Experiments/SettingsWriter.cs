using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Nudge.Populations;

namespace Nudge.Experiments;

/// <summary>Writes settings back in full: as an experiment file that gives the same settings again, and as JSON.</summary>
public static class SettingsWriter
{
    /// <summary>An experiment file with every default filled in.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="explained">Whether each key carries a comment on what it means.</param>
    public static string ToYaml(ExperimentSettings settings, bool explained)
    {
        var text = new StringBuilder();
        WriteRecord(text, settings, 0, explained);
        return text.ToString();
    }

    /// <summary>The settings as JSON, with the names of the file.</summary>
    public static JsonNode ToJson(ExperimentSettings settings) => ToNode(settings)!;

    private static void WriteRecord(StringBuilder text, object record, int depth, bool explained)
    {
        foreach (PropertyInfo property in SettingName.Of(record.GetType()))
        {
            if (property.GetValue(record) is not { } value)
                continue;
            if (explained && SettingText.Instance.Of(property) is { } summary)
                text.Append(' ', depth).Append("# ").Append(summary).Append('\n');
            Write(text, SettingName.Key(property), value, depth, explained);
        }
    }

    private static void Write(StringBuilder text, string key, object value, int depth, bool explained)
    {
        text.Append(' ', depth).Append(key).Append(':');
        switch (value)
        {
            case GranularitySettings { Kind: GranularityKind.Slice } cut:
                text.Append(CultureInfo.InvariantCulture, $" {{slice: {cut.Units}}}\n");
                break;
            case GranularitySettings cut:
                text.Append(' ').Append(SettingName.Kebab(cut.Kind.ToString())).Append('\n');
                break;
            case IDictionary { Count: 0 }:
                text.Append(" {}\n");
                break;
            case IDictionary map:
                text.Append('\n');
                foreach (DictionaryEntry entry in map)
                    Write(text, (string)entry.Key, entry.Value!, depth + 2, explained);
                break;
            default:
                WriteValue(text, value, depth, explained);
                break;
        }
    }

    private static void WriteValue(StringBuilder text, object value, int depth, bool explained)
    {
        if (Scalar(value) is { } scalar)
        {
            text.Append(' ').Append(scalar).Append('\n');
            return;
        }

        text.Append('\n');
        WriteRecord(text, value, depth + 2, explained);
    }

    private static string? Scalar(object value) => value switch
    {
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        bool flag => flag ? "true" : "false",
        Enum word => SettingName.Kebab(word.ToString()),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable number when value.GetType().IsPrimitive => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static JsonNode? ToNode(object value)
    {
        switch (value)
        {
            case GranularitySettings { Kind: GranularityKind.Slice } cut:
                return new JsonObject { ["slice"] = cut.Units };
            case GranularitySettings cut:
                return SettingName.Kebab(cut.Kind.ToString());
            case string text:
                return text;
            case bool flag:
                return flag;
            case Enum word:
                return SettingName.Kebab(word.ToString());
            case double number:
                return number;
            case ulong number:
                return number;
            case IConvertible number:
                return number.ToInt64(CultureInfo.InvariantCulture);
        }

        var node = new JsonObject();
        if (value is IDictionary map)
        {
            foreach (DictionaryEntry entry in map)
                node[(string)entry.Key] = ToNode(entry.Value!);
            return node;
        }

        foreach (PropertyInfo property in SettingName.Of(value.GetType()))
        {
            if (property.GetValue(value) is { } inner)
                node[SettingName.Key(property)] = ToNode(inner);
        }

        return node;
    }
}
