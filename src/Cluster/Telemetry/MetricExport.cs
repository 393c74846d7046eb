using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Nudge.Telemetry;

/// <summary>
/// How the metrics of a node leave it: to those who ask at <c>/metrics</c>, and by OTLP to a collector. Those of a run take the second way.
/// </summary>
public static class MetricExport
{
    private const string Service = "nudge";
    private static readonly string[] Endpoints = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    /// <summary>Whether the environment names a collector.</summary>
    public static bool IsPushed => Endpoints.Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)));

    /// <summary>Starts to export; null where no metrics are asked for.</summary>
    /// <param name="own">The node's instruments; those of other nodes of this process are left out.</param>
    /// <param name="node">Names the node.</param>
    /// <param name="scraped">Whether <c>/metrics</c> is served.</param>
    internal static MeterProvider? Start(Meter own, string node, bool scraped)
    {
        bool pushed = IsPushed;
        if (!scraped && !pushed)
            return null;
        MeterProviderBuilder builder = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(Resource(node, []))
            .AddMeter(NodeMeter.Name, "System.Runtime")
            .AddView(instrument =>
                instrument.Meter.Name == NodeMeter.Name && instrument.Meter != own ? MetricStreamConfiguration.Drop : null);
        if (scraped)
            builder.AddPrometheusExporter();
        if (pushed)
            builder.AddOtlpExporter();
        return builder.Build();
    }

    /// <summary>Starts to send metrics by OTLP; the last are sent when the result is disposed.</summary>
    /// <param name="meter">Has the instruments.</param>
    /// <param name="instance">Names what they measure.</param>
    /// <param name="attributes">Further attributes of what they measure.</param>
    public static IDisposable Push(Meter meter, string instance, IEnumerable<KeyValuePair<string, object>> attributes)
    {
        ArgumentNullException.ThrowIfNull(meter);
        return Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(Resource(instance, attributes))
            .AddMeter(meter.Name)
            .AddView(instrument => instrument.Meter == meter ? null : MetricStreamConfiguration.Drop)
            .AddOtlpExporter()
            .Build();
    }

    // Variables come last: an operator's OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win.
    private static ResourceBuilder Resource(string instance, IEnumerable<KeyValuePair<string, object>> attributes) =>
        ResourceBuilder.CreateEmpty()
            .AddTelemetrySdk()
            .AddService(Service, serviceInstanceId: instance)
            .AddAttributes(attributes)
            .AddEnvironmentVariableDetector();
}
