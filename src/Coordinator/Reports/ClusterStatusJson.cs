using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
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

    private static readonly JsonSerializerOptions Line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Of(ClusterStatus status) => JsonSerializer.Serialize(status, Written.ClusterStatus);

    /// <summary>The status as it is at a time, on one line.</summary>
    internal static string LineOf(ClusterStatus status, DateTimeOffset time)
    {
        JsonObject line = JsonSerializer.SerializeToNode(status, Written.ClusterStatus)!.AsObject();
        line.Insert(0, "time", time.UtcDateTime);
        return line.ToJsonString(Line);
    }
}
