using System.Text.Json;
using System.Text.Json.Serialization;
using Nudge.Truth;

namespace Nudge.Reports;

/// <summary>A reading of the truth meter as JSON, for scripts.</summary>
[JsonSerializable(typeof(TruthReading))]
internal sealed partial class TruthJson : JsonSerializerContext
{
    private static readonly TruthJson Written = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        // A gradient of zero has no direction to compare with.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    });

    internal static string Of(TruthReading reading) => JsonSerializer.Serialize(reading, Written.TruthReading);
}
