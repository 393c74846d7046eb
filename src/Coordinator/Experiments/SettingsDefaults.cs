using System.Collections;
using Nudge.Catalogue;
using Nudge.Experiments.Binding;
using Nudge.Experiments.Explaining;

namespace Nudge.Experiments;

/// <summary>A setting that differs from its default.</summary>
/// <param name="Path">The setting, as <c>--set</c> names it.</param>
/// <param name="Value">Its value, as a file would write it.</param>
/// <param name="Default">Its default likewise; empty where there is none.</param>
internal sealed record SettingChoice(string Path, string Value, string Default);

/// <summary>Finds the settings of an experiment that differ from their defaults.</summary>
internal static class SettingsDefaults
{
    /// <summary>These settings, in the order of the file.</summary>
    internal static IReadOnlyList<SettingChoice> DifferencesOf(ExperimentSettings settings)
    {
        var found = new List<SettingChoice>();
        OfRecord(settings, "", found);
        return found;
    }

    private static void OfRecord(object record, string path, List<SettingChoice> found)
    {
        RecordShape shape = RecordShape.Of(record.GetType());
        object blank = shape.Blank();
        foreach (KeyShape key in shape.Keys)
        {
            object? usual = key.Required ? null : key.Property.GetValue(blank);
            OfValue(key.Kind, key.Property.GetValue(record), usual, path.Length == 0 ? key.Name : $"{path}.{key.Name}", found);
        }
    }

    private static void OfValue(ValueKind kind, object? value, object? usual, string path, List<SettingChoice> found)
    {
        switch (kind)
        {
            case ValueKind.Named when value is IDictionary named:
                foreach (DictionaryEntry entry in named)
                    OfValue(ValueKinds.Of(entry.Value!.GetType()), entry.Value, null, $"{path}.{entry.Key}", found);
                break;
            case ValueKind.Defined when value is DefinedSettings chosen:
                string name = chosen.Definition.Name;
                string? before = (usual as DefinedSettings)?.Definition.Name;
                if (name != before)
                    found.Add(new($"{path}.{DefinitionScope.ChoiceOf(DefinitionScope.FamilyOf(chosen)).Key}", name, before ?? ""));
                OfRecord(chosen, path, found);
                break;
            case ValueKind.Record or ValueKind.Schedule when value is not null:
                OfRecord(value, path, found);
                break;
            default:
                if (!Equals(value, usual))
                    found.Add(new(path, Text(value), usual is null ? "" : Text(usual)));
                break;
        }
    }

    private static string Text(object? value) =>
        value is null or string or ValueType or Enum or Topology.GranularitySettings ? Written.Scalar(value) : $"{value}";
}
