using Akka.Actor;
using Akka.Cluster;
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
    private readonly IReadOnlyCollection<IActorRef> _services;
    private readonly NodeMeter _meter;
    private readonly MeterProvider? _metrics;
    private readonly HealthServer? _health;

    /// <summary>Starts to report.</summary>
    /// <param name="settings">The node's.</param>
    /// <param name="system">The node's.</param>
    /// <param name="endpoint">The actor that takes orders, or nobody.</param>
    /// <param name="services">Further actors of the node; more may come, and all go when it leaves.</param>
    /// <exception cref="NodeException">The port cannot be bound.</exception>
    internal NodeReporting(
        NodeSettings settings, ActorSystem system, IActorRef endpoint, IReadOnlyCollection<IActorRef> services)
    {
        _endpoint = endpoint;
        _services = services;
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

    /// <summary>A process answers HTTP also when the actors for which it is there are dead or stuck.</summary>
    private async Task<string?> FindFaultAsync()
    {
        string?[] faults = await Task.WhenAll(
        [
            FaultOf(_endpoint, NodeActor.Name, mustAnswer: true),
            FaultOf(_dataPath, DataPath.ActorName, mustAnswer: true),
            // They may be busy for a while with a run.
            .. _services.Select(service => FaultOf(service, service.Path.Name, mustAnswer: false)),
        ]);
        return Array.Find(faults, fault => fault is not null);
    }

    private static async Task<string?> FaultOf(ICanTell actor, string name, bool mustAnswer)
    {
        if (actor is IActorRef reference && reference.IsNobody())
            return null;
        try
        {
            ActorIdentity answer = await actor.Ask<ActorIdentity>(new Identify(name), AnswerWithin);
            return answer.Subject is null ? $"the actor {name} has ended" : null;
        }
        catch (AskTimeoutException)
        {
            return mustAnswer ? $"the actor {name} does not answer within {AnswerWithin.TotalSeconds:0} s" : null;
        }
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
