using System.Text.Json.Nodes;

namespace Nudge.Experiments.Sweeping;

/// <summary>The part of the schema that describes the <c>sweep:</c> section.</summary>
internal static class SweepSchema
{
    internal static JsonObject Section()
    {
        JsonObject section = Record("What nudge sweep does with this file; a single run does not read it.");
        JsonObject quick = Record("What nudge sweep --quick does otherwise.");
        JsonObject variants = Map("Settings that change together, by name.", Map("", new()));
        ((JsonObject)section["properties"]!)["measure"] = new JsonObject
        {
            ["enum"] = new JsonArray([.. SweepMeasures.Names.Select(name => (JsonNode?)JsonValue.Create(name))]),
            ["description"] = "What reports judge runs by; by default accuracy, the presentations where runs end at a target, or the likelihood where there are no answers.",
        };
        JsonObject tuned = Map(
            "A setting with its values that is tuned at every point: reports take each seed at the value that was best for the "
            + "other seeds.",
            new() { ["type"] = new JsonArray("array", "string") });
        tuned["maxProperties"] = 1;
        ((JsonObject)section["properties"]!)["tune"] = tuned;
        ((JsonObject)section["properties"]!)["variants"] = variants;
        ((JsonObject)section["properties"]!)["quick"] = quick;
        return section;
    }

    private static JsonObject Record(string meaning) => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject
        {
            ["seeds"] = new JsonObject
            {
                ["type"] = "integer",
                ["minimum"] = 1,
                ["description"] = "Runs of every point, with the seeds 1 to this.",
            },
            ["set"] = Map("Settings of every run, by path.", new()),
            ["vary"] = Map(
                "Settings with their values: a list, or a range such as 0..0.9:10. All combinations are run.",
                new() { ["type"] = new JsonArray("array", "string", "number") }),
        },
        ["description"] = meaning,
    };

    private static JsonObject Map(string meaning, JsonObject values)
    {
        var map = new JsonObject { ["type"] = "object", ["additionalProperties"] = values };
        if (meaning.Length > 0)
            map["description"] = meaning;
        return map;
    }
}
