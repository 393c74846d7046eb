using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nudge.Recording;

/// <summary>How a summary becomes JSON. Generated code keeps the declared order and needs no reflection.</summary>
[JsonSerializable(typeof(RunSummary))]
internal sealed partial class RunSummaryJson : JsonSerializerContext
{
    private static readonly RunSummaryJson Written = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        // A run that diverged has not-a-number among its results, and must still report it.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        // The default would write the + of AVX2+FMA as an escape; nothing here is pasted into HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    internal static string Of(RunSummary summary) => JsonSerializer.Serialize(summary, Written.RunSummary);

    internal static RunSummary Read(string json)
    {
        RunSummary read = JsonSerializer.Deserialize(json, Written.RunSummary)
            ?? throw new JsonException("expected an object");
        // Runs of earlier versions lack these lists.
        return read with
        {
            Warnings = read.Warnings ?? [],
            Changes = read.Changes ?? [],
            Interventions = read.Interventions ?? [],
            Units = read.Units ?? [],
        };
    }
}
