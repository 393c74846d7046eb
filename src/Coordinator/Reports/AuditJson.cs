using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nudge.Audit;

namespace Nudge.Reports;

/// <summary>How the audit's measurements become JSON.</summary>
[JsonSerializable(typeof(IReadOnlyList<CarriedReport>))]
internal sealed partial class AuditJson : JsonSerializerContext
{
    private static readonly AuditJson Written = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    internal static string Of(IReadOnlyList<CarriedReport> reports) =>
        JsonSerializer.Serialize(reports, Written.IReadOnlyListCarriedReport);
}
