using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Nodes;
using Nudge.Experiments.Binding;
using Nudge.Phases;
using Nudge.Topology;

namespace Nudge.Experiments.Explaining;

/// <summary>The part of the schema that describes one value.</summary>
internal static class ScalarSchema
{
    internal static JsonObject Of(Type type, Limits limits)
    {
        if (type == typeof(PhaseProbability))
            return Probability(limits);
        IReadOnlyList<string> words = type.IsEnum ? Words.Of(type) : limits.Words;
        if (words.Count > 0)
            return new() { ["enum"] = new JsonArray([.. words.Select(w => (JsonNode?)JsonValue.Create(w))]) };
        var schema = new JsonObject { ["type"] = Name(type) };
        if (type == typeof(ulong))
            schema["minimum"] = 0;
        if (limits.Pattern is { } pattern)
            schema["pattern"] = pattern.Pattern;
        if (limits.Range is { } range)
            Limit(schema, range);
        return schema;
    }

    internal static JsonObject Granularity() => new()
    {
        ["anyOf"] = new JsonArray(
            [new JsonObject { ["enum"] = new JsonArray("layer", "neuron") }, .. GranularitySettings.Counted.Select(Counted)]),
    };

    private static JsonNode? Counted(GranularityKind kind)
    {
        string key = Words.Kebab(kind.ToString());
        return new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray(key),
            ["properties"] = new JsonObject { [key] = Of(typeof(int), KeyShape.SliceUnits.Limits) },
        };
    }

    internal static JsonNode? Json(object value) => value switch
    {
        bool truth => truth,
        string text => text,
        Enum word => Words.Kebab(word.ToString()),
        PhaseProbability { IsOptimal: true } => PhaseProbability.OptimalWord,
        PhaseProbability b => b.Initial,
        ulong number => number,
        int number => number,
        long number => number,
        double number => number,
        _ => null,
    };

    private static JsonObject Probability(Limits limits) => new()
    {
        ["anyOf"] = new JsonArray(
            Of(typeof(double), limits),
            new JsonObject { ["enum"] = new JsonArray(PhaseProbability.OptimalWord) }),
    };

    private static string Name(Type type) =>
        type == typeof(string) ? "string" :
        type == typeof(bool) ? "boolean" :
        type == typeof(double) ? "number" : "integer";

    private static void Limit(JsonObject schema, RangeAttribute range)
    {
        schema[range.MinimumIsExclusive ? "exclusiveMinimum" : "minimum"] = Number(range.Minimum);
        schema[range.MaximumIsExclusive ? "exclusiveMaximum" : "maximum"] = Number(range.Maximum);
    }

    private static decimal Number(object limit) => Convert.ToDecimal(limit, CultureInfo.InvariantCulture);
}
