using System.Collections;
using System.Text.Json.Nodes;
using Nudge.Catalogue;
using Nudge.Experiments.Binding;
using Nudge.Topology;

namespace Nudge.Experiments.Explaining;

/// <summary>Settings as JSON with the keys and words of an experiment file.</summary>
internal static class SettingsJson
{
    internal static JsonObject Record(object record)
    {
        var json = new JsonObject();
        foreach (KeyShape key in RecordShape.Of(record.GetType()).Keys)
            json[key.Name] = Value(key.Property.GetValue(record), key.Kind);
        return json;
    }

    private static JsonNode? Value(object? value, ValueKind kind) => (value, kind) switch
    {
        (null, _) => null,
        (_, ValueKind.Scalar) => ScalarSchema.Json(value),
        (GranularitySettings { IsCounted: true } cut, _) => new JsonObject { [Words.Kebab(cut.Kind.ToString())] = cut.Units },
        (_, ValueKind.Granularity) => Written.Scalar(value),
        (DefinedSettings settings, _) => Defined(settings),
        (_, ValueKind.List) => new JsonArray([.. ((IEnumerable)value).Cast<object>().Select(Record)]),
        (_, ValueKind.Named) => Named((IDictionary)value),
        _ => Record(value),
    };

    private static JsonObject Defined(DefinedSettings settings)
    {
        var json = new JsonObject { [DefinitionScope.ChoiceOf(DefinitionScope.FamilyOf(settings)).Key] = settings.Definition.Name };
        foreach ((string key, JsonNode? value) in Record(settings))
            json[key] = value?.DeepClone();
        return json;
    }

    private static JsonObject Named(IDictionary named)
    {
        var json = new JsonObject();
        foreach (DictionaryEntry entry in named)
            json[(string)entry.Key] = Value(entry.Value, ValueKinds.Of(entry.Value!.GetType()));
        return json;
    }
}
