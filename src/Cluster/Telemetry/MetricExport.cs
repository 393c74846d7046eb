using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Nudge.Telemetry;

/// <summary>How the metrics of a node leave it: to those who ask at <c>/metrics</c>, and by OTLP to a collector.</summary>
internal static class MetricExport
{
    private const string Service = "nudge";
    private static readonly string[] Endpoints = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    /// <summary>Starts to export; null where nobody wants metrics.</summary>
    /// <param name="own">The node's instruments; those of other nodes of this process are left out.</param>
    /// <param name="node">Names the node.</param>
    /// <param name="scraped">Whether <c>/metrics</c> is served.</param>
    internal static MeterProvider? Start(Meter own, string node, bool scraped)
    {
        bool pushed = Endpoints.Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)));
        if (!scraped && !pushed)
            return null;
        MeterProviderBuilder builder = Sdk.CreateMeterProviderBuilder()
            // Variables come last: an operator's OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win.
            .SetResourceBuilder(ResourceBuilder.CreateEmpty()
                .AddTelemetrySdk()
                .AddService(Service, serviceInstanceId: node)
                .AddEnvironmentVariableDetector())
            .AddMeter(NodeMeter.Name, "System.Runtime")
            .AddView(instrument =>
                instrument.Meter.Name == NodeMeter.Name && instrument.Meter != own ? MetricStreamConfiguration.Drop : null);
        if (scraped)
            builder.AddPrometheusExporter();
        if (pushed)
            builder.AddOtlpExporter();
        return builder.Build();
    }
}
