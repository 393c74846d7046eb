using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nudge.Inspection;

namespace Nudge.Reports;

/// <summary>How the status of a cluster becomes JSON.</summary>
[JsonSerializable(typeof(ClusterStatus))]
internal sealed partial class ClusterStatusJson : JsonSerializerContext
{
    private static readonly ClusterStatusJson Written = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    internal static string Of(ClusterStatus status) => JsonSerializer.Serialize(status, Written.ClusterStatus);
}
