using Akka.Actor;
using Akka.Cluster;
using Nudge.Messages;
using Nudge.Telemetry;
using Nudge.Transport;
using OpenTelemetry.Metrics;

namespace Nudge.Hosting;

/// <summary>What a node reports of itself to monitoring: its health over HTTP, and its metrics.</summary>
internal sealed class NodeReporting : IAsyncDisposable
{
    // Shorter than a probe waits, so that the reason reaches it.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);
    private readonly Akka.Cluster.Cluster _membership;
    private readonly IActorRef _endpoint;
    private readonly ActorSelection _dataPath;
    private readonly NodeMeter _meter;
    private readonly MeterProvider? _metrics;
    private readonly HealthServer? _health;

    /// <exception cref="NodeException">The port cannot be bound.</exception>
    internal NodeReporting(NodeSettings settings, ActorSystem system, IActorRef endpoint)
    {
        _endpoint = endpoint;
        _membership = Akka.Cluster.Cluster.Get(system);
        _dataPath = system.ActorSelection($"/user/{DataPath.ActorName}");
        _meter = new(system, HostedSlices);
        _metrics = MetricExport.Start(_meter.Meter, Self, settings.HealthPort > 0);
        if (settings.HealthPort == 0)
            return;
        try
        {
            _health = HealthServer.Start(
                settings.BoundTo, settings.HealthPort, new(IsUp, FindFaultAsync, ReportAsync), _metrics!);
        }
        catch (NodeException)
        {
            _metrics?.Dispose();
            _meter.Dispose();
            throw;
        }
    }

    private string Self => Workers.Name(_membership.SelfAddress);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_health is not null)
            await _health.DisposeAsync();
        _metrics?.Dispose();
        _meter.Dispose();
    }

    private bool IsUp() => !_membership.IsTerminated && _membership.SelfMember.Status == MemberStatus.Up;

    /// <summary>An actor that is dead or stuck does not answer; the process alone would still look alive.</summary>
    private async Task<string?> FindFaultAsync()
    {
        try
        {
            await CountHostedAsync();
        }
        catch (AskTimeoutException)
        {
            return $"the node's endpoint does not answer within {AnswerWithin.TotalSeconds:0} s";
        }

        try
        {
            await _dataPath.Ask<DataPort>(new AskDataPort(), AnswerWithin);
        }
        catch (AskTimeoutException)
        {
            return $"the data connections do not answer within {AnswerWithin.TotalSeconds:0} s";
        }

        return null;
    }

    private async Task<HealthReport> ReportAsync() =>
        new(Self, IsUp(), await CountHostedAsync(), Workers.MembersOf(_membership.State));

    private async Task<int> CountHostedAsync() => _endpoint.IsNobody()
        ? 0
        : (await _endpoint.Ask<HostedCount>(new CountHosted(), AnswerWithin)).Slices;

    // Metrics are collected on a thread that has nothing else to do, and a meter cannot await.
    private int? HostedSlices()
    {
        try
        {
            return CountHostedAsync().GetAwaiter().GetResult();
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }
}
