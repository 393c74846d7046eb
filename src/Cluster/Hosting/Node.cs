using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster;
using Akka.Configuration;
using Nudge.Security;
using Nudge.Transport;

namespace Nudge.Hosting;

/// <summary>The part of this process in a cluster: joins, stays, leaves.</summary>
public sealed class Node : IAsyncDisposable
{
    private const string SystemName = "nudge";
    private const int PollsPerLookup = 60;
    private static readonly TimeSpan LeaveWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private readonly NodeSettings _settings;
    private readonly IActorRef _endpoint;
    private readonly ConcurrentQueue<IActorRef> _services = [];
    private NodeReporting? _reporting;
    private bool _leaving;

    private Node(NodeSettings settings, ActorSystem system, IActorRef endpoint, HostingLedger ledger)
    {
        Ledger = ledger;
        _endpoint = endpoint;
        _settings = settings;
        System = system;
    }

    /// <summary>Where it listens.</summary>
    public HostPort Place => new(Membership.SelfAddress.Host, Membership.SelfAddress.Port ?? 0);

    /// <summary>Ends when the others have removed it, or it has left.</summary>
    public Task Gone => System.WhenTerminated;

    internal ActorSystem System { get; }

    /// <summary>What is hosted here.</summary>
    internal HostingLedger Ledger { get; }

    internal Akka.Cluster.Cluster Membership => Akka.Cluster.Cluster.Get(System);

    /// <summary>Binds the port and starts the node's endpoint.</summary>
    /// <param name="settings">How it takes part.</param>
    /// <param name="source">Compiles the networks that it is asked to host; null hosts nothing.</param>
    /// <exception cref="NodeException">The port cannot be bound.</exception>
    /// <exception cref="TlsException">A certificate cannot be used.</exception>
    public static Node Start(NodeSettings settings, NetworkSource? source)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ActorSystem system = Listen(settings);
        StartDataPath(system, settings);
        system.ActorOf<QuarantineActor>("quarantine");
        var ledger = new HostingLedger(settings.Budget);
        IActorRef endpoint = source is null
            ? ActorRefs.Nobody
            : system.ActorOf(Props.Create(() => new NodeActor(settings, source, ledger)), NodeActor.Name);
        var node = new Node(settings, system, endpoint, ledger);
        try
        {
            node._reporting = new(settings, system, endpoint, node._services);
            return node;
        }
        catch (NodeException)
        {
            _ = system.Terminate();
            throw;
        }
    }

    /// <summary>Joins the seeds, or begins a cluster of its own where there are none.</summary>
    /// <exception cref="NodeException">No seed let it in.</exception>
    public async Task JoinAsync(CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(_settings.JoinWithin);
        if (_settings.Seeds.Count == 0)
            Membership.Join(Membership.SelfAddress);
        IReadOnlyList<HostPort> tried = [];
        try
        {
            for (int polls = 0; Membership.SelfMember.Status != MemberStatus.Up; polls++)
            {
                // Names are looked up again now and then: where nodes start together, they are not all known at once.
                if (_settings.Seeds.Count > 0 && polls % PollsPerLookup == 0)
                    tried = await TrySeedsAsync(tried);
                await Task.Delay(PollInterval, timeout.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new NodeException($"no seed let this node in within {_settings.JoinWithin.TotalSeconds:0} s: "
                + string.Join(", ", _settings.Seeds));
        }
    }

    /// <summary>Leaves in order, so that the others need not find out.</summary>
    public async Task LeaveAsync()
    {
        if (_leaving)
            return;
        _leaving = true;
        // What they do is not saved: those that it was for learn at once that it is free for others.
        while (_services.TryDequeue(out IActorRef? service))
            service.Tell(PoisonPill.Instance);
        await RetireAsync();
        Task leave = CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
        await Task.WhenAny(leave, Task.Delay(LeaveWithin));
        await System.Terminate();
        if (_reporting is not null)
            await _reporting.DisposeAsync();
    }

    /// <summary>Starts a further actor of this node, which is stopped first when the node leaves.</summary>
    /// <param name="service">Makes the actor, for which the longest message of this node is given.</param>
    /// <param name="name">Its name, by which other nodes find it.</param>
    internal void StartService(Func<int, Props> service, string name) =>
        _services.Enqueue(System.ActorOf(service(_settings.FrameBytes), name));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await LeaveAsync();

    /// <summary>Gives up what is hosted here first: it is saved and goes on elsewhere, and nothing is lost.</summary>
    private async Task RetireAsync()
    {
        if (_endpoint.IsNobody() || Membership.IsTerminated)
            return;
        try
        {
            await _endpoint.Ask<Retired>(new Retire(), LeaveWithin);
        }
        catch (AskTimeoutException)
        {
            // The others will find out.
        }
    }

    /// <summary>An actor system that exchanges messages with nodes and joins no cluster.</summary>
    /// <exception cref="NodeException">No port can be bound.</exception>
    /// <exception cref="TlsException">A certificate cannot be used.</exception>
    internal static ActorSystem Outside(NodeSettings settings) =>
        Listen(settings, ConfigurationFactory.ParseString("akka.actor.provider = remote"));

    private static ActorSystem Listen(NodeSettings settings, Config? over = null)
    {
        ThrowIfTaken(settings);
        try
        {
            return ActorSystem.Create(SystemName, SetupOf(settings, over));
        }
        catch (Exception error) when (error is not TlsException)
        {
            Exception cause = error.GetBaseException();
            throw new NodeException($"cannot listen on {settings.BoundTo}:{settings.Port}: {cause.Message}", error);
        }
    }

    private static void StartDataPath(ActorSystem system, NodeSettings settings)
    {
        try
        {
            DataPath.Start(system);
        }
        catch (Exception error) when (error.GetBaseException() is SocketException cause)
        {
            _ = system.Terminate();
            throw new NodeException($"cannot listen on {settings.BoundTo}:{settings.DataPort}: {cause.Message}", error);
        }
    }

    // Akka reports a port that is taken without the reason, and logs it beside.
    private static void ThrowIfTaken(NodeSettings settings)
    {
        if (settings.Port == 0)
            return;
        try
        {
            foreach (IPAddress address in Dns.GetHostAddresses(settings.BoundTo).Take(1))
            {
                using var probe = new TcpListener(address, settings.Port);
                probe.Start();
            }
        }
        catch (SocketException error)
        {
            throw new NodeException($"cannot listen on {settings.BoundTo}:{settings.Port}: {error.Message}", error);
        }
    }

    private static ActorSystemSetup SetupOf(NodeSettings settings, Config? over)
    {
        Config config = (over ?? Config.Empty).WithFallback(NodeConfiguration.Create(settings));
        ActorSystemSetup setup = ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config));
        if (settings.Tls is null)
            return setup;
        var tls = MutualTls.Create(settings.Tls, TimeProvider.System);
        // One that joins no cluster only asks, and nobody connects to it.
        if (over is null)
            tls.ThrowIfNotFor(settings.Host, settings.Role == NodeSettings.Coordinator);
        return setup.And(tls).And(tls.ForAkka);
    }

    private async Task<IReadOnlyList<HostPort>> TrySeedsAsync(IReadOnlyList<HostPort> before)
    {
        IReadOnlyList<HostPort> seeds = await SeedNames.ResolveAsync(_settings.Seeds, Place, SeedNames.AskSystemAsync);
        if (!seeds.SequenceEqual(before) && Membership.SelfMember.Status != MemberStatus.Up)
            Membership.JoinSeedNodes(seeds.Select(AddressOf));
        return seeds;
    }

    private Address AddressOf(HostPort place) => Membership.SelfAddress.WithHost(place.Host).WithPort(place.Port);
}
