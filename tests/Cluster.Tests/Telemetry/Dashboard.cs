using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Nudge.Cluster.Tests.Telemetry;

/// <summary>The Grafana dashboard of <c>deploy/grafana</c>.</summary>
internal static partial class Dashboard
{
    /// <summary>The metrics that its panels and variables ask for.</summary>
    internal static IReadOnlySet<string> Metrics() =>
        Strings(Read()).SelectMany(text => Metric().Matches(text)).Select(match => match.Value).ToHashSet();

    internal static JsonElement Read() => JsonDocument.Parse(File.ReadAllText(PathOf("deploy/grafana/nudge.json"))).RootElement;

    // Names of metrics stand only in expressions: of panels, and of the queries of variables.
    private static IEnumerable<string> Strings(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            property.Value.ValueKind == JsonValueKind.String
                ? property.Name is "expr" or "query" ? [property.Value.GetString()!] : []
                : Strings(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
        _ => [],
    };

    private static string PathOf(string file, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", file));

    [GeneratedRegex(@"\b(nudge|dotnet)_\w+")]
    private static partial Regex Metric();
}
