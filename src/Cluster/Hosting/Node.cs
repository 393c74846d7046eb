using Akka.Actor;
using Akka.Cluster;

namespace Nudge.Hosting;

/// <summary>The part of this process in a cluster: joins, stays, leaves.</summary>
public sealed class Node : IAsyncDisposable
{
    private const string SystemName = "nudge";
    private static readonly TimeSpan LeaveWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);
    private readonly NodeSettings _settings;
    private readonly IActorRef? _door;
    private bool _leaving;

    private Node(NodeSettings settings, ActorSystem system, IActorRef? door)
    {
        _door = door;
        _settings = settings;
        System = system;
    }

    /// <summary>Where it listens.</summary>
    public HostPort Place => new(Membership.SelfAddress.Host, Membership.SelfAddress.Port ?? 0);

    /// <summary>Ends when the others have removed it, or it has left.</summary>
    public Task Gone => System.WhenTerminated;

    internal ActorSystem System { get; }

    internal Akka.Cluster.Cluster Membership => Akka.Cluster.Cluster.Get(System);

    /// <summary>Binds the port and opens the node's door.</summary>
    /// <param name="settings">How it takes part.</param>
    /// <param name="source">Compiles the networks that it is asked to host; null hosts nothing.</param>
    /// <exception cref="NodeException">The port cannot be bound.</exception>
    public static Node Start(NodeSettings settings, NetworkSource? source)
    {
        ArgumentNullException.ThrowIfNull(settings);
        try
        {
            ActorSystem system = ActorSystem.Create(SystemName, NodeConfiguration.Create(settings));
            IActorRef? door = source is null
                ? null
                : system.ActorOf(Props.Create(() => new NodeActor(settings, source)), NodeActor.Name);
            return new(settings, system, door);
        }
        catch (Exception error) when (error is not NodeException)
        {
            Exception cause = error.GetBaseException();
            throw new NodeException($"cannot listen on {settings.Host}:{settings.Port}: {cause.Message}", error);
        }
    }

    /// <summary>Joins the seeds, or begins a cluster of its own where there are none.</summary>
    /// <exception cref="NodeException">No seed let it in.</exception>
    public async Task JoinAsync(CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_settings.JoinWithin);
        if (_settings.Seeds.Count == 0)
            Membership.Join(Membership.SelfAddress);
        else
            Membership.JoinSeedNodes(_settings.Seeds.Select(seed => AddressOf(seed)));
        try
        {
            while (Membership.SelfMember.Status != MemberStatus.Up)
                await Task.Delay(Glance, patience.Token);
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
        if (_door is not null)
            await RetireAsync(_door);
        Task leave = CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
        await Task.WhenAny(leave, Task.Delay(LeaveWithin));
        await System.Terminate();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await LeaveAsync();

    /// <summary>Gives up what is hosted here first: it is saved and goes on elsewhere, and nothing is lost.</summary>
    private static async Task RetireAsync(IActorRef door)
    {
        try
        {
            await door.Ask<Retired>(new Retire(), LeaveWithin);
        }
        catch (AskTimeoutException)
        {
            // The others will find out.
        }
    }

    private static Address AddressOf(HostPort place) => new("akka.tcp", SystemName, place.Host, place.Port);
}
