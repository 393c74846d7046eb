using System.Diagnostics;
using Akka.Actor;
using Akka.Cluster;
using Nudge.Actors;
using Nudge.Actors.Loops;
using Nudge.Messages;
using Nudge.Populations;
using Nudge.Transport;

namespace Nudge.Hosting;

/// <summary>
/// Directs a run whose slices are on nodes: has them started where the plan places them, sends each of them the paths
/// of the others, and when a node is lost, starts its slices elsewhere from their last snapshots. It takes no part in
/// their messages.
/// </summary>
internal sealed partial class RunSupervisorActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan OrderEvery = TimeSpan.FromSeconds(2);
    private readonly NetworkLaunch _launch;
    private readonly RunSupervisorPart _part;
    private readonly SliceRegistry _registry;
    private readonly IActorRef _coordinator;
    private readonly HashSet<Address> _workers = [];
    private readonly HashSet<Address> _unreported = [];
    private readonly List<IActorRef> _waitForActors = [];
    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);
    private readonly Dictionary<int, long> _ordered = [];
    private bool _begun;
    private bool _directoryDue;

    public RunSupervisorActor(NetworkLaunch launch, RunSupervisorPart part)
    {
        _launch = launch;
        _part = part;
        _registry = new(launch.Network);
        _coordinator = Context.ActorOf(
            Props.Create(() => new CoordinatorActor(launch.Network, launch.TrainingSchedule, launch.Settings, launch.Board))
                .WithDispatcher(LoopDispatcher.Name),
            "coordinator");
        DataPath.Of(Context.System).Register(_coordinator);
    }

    private sealed record CheckOrders;

    private sealed record SendDirectory;

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        for (int node = 0; node < _part.Workers.Count; node++)
        {
            _workers.Add(_part.Workers[node]);
            Host(_part.Plan.SlicesOn(node), _part.Workers[node]);
        }

        // After the plan's own nodes, so that what became of them since is received.
        _cluster.Subscribe(Self, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.IReachabilityEvent));
        var pause = TimeSpan.FromMilliseconds(_launch.Settings.KeepAliveMilliseconds);
        Timers.StartPeriodicTimer("keep-alive", KeepAlive.Instance, pause);
        Timers.StartPeriodicTimer("orders", new CheckOrders(), OrderEvery);
    }

    /// <inheritdoc/>
    protected override void PostStop() => _cluster.Unsubscribe(Self);

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(error =>
    {
        _launch.Board.Fail(error);
        return Directive.Stop;
    });

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        try
        {
            Direct(message);
        }
        catch (Exception error)
        {
            // A supervisor that began again would start every slice a second time.
            _launch.Board.Fail(error);
            Context.Stop(Self);
        }
    }

    private void Direct(object message)
    {
        switch (message)
        {
            case SliceCounters counters when _registry.Knows(counters.Slice):
                _registry.Report(counters);
                _received[counters.Slice] = Stopwatch.GetTimestamp();
                _countersRound?.Answered(counters.Slice);
                break;
            case KeepAlive:
                _coordinator.Tell(KeepAlive.Instance);
                break;
            case CheckOrders:
                RepeatOrders();
                break;
            case SendDirectory:
                _directoryDue = false;
                NeighboursOf();
                break;
            case AskNetworkActors:
                _waitForActors.Add(Sender);
                BeginIfAllUp();
                break;
            case SliceUp up:
                Rise(up);
                break;
            case SliceFault fault when fault.Fatal:
                _launch.Board.Fail(new NumericalException(fault.Reason));
                break;
            case SliceFault:
                _launch.Board.CountFault();
                break;
            case HostRefused refused:
                _launch.Board.Fail(new NodeException($"node {Workers.Name(Sender.Path.Address)} hosts nothing: {refused.Reason}"));
                break;
            case AskSliceManager ask:
                Sender.Tell(_registry.Places[ask.Slice].SliceManager);
                break;
            default:
                OnMembership(message);
                break;
        }
    }

    private void Host(IReadOnlyList<int> slices, Address node)
    {
        if (slices.Count == 0)
            return;
        foreach (int slice in slices)
            Assign(slice, node);
        Order(slices, node);
    }

    private void Assign(int slice, Address node)
    {
        _registry.Assign(slice, node);
        _ordered[slice] = Stopwatch.GetTimestamp();
    }

    /// <summary>Repeats orders that have not been answered: they, or what was to carry them out, may have been lost.</summary>
    private void RepeatOrders()
    {
        if (_waitForEnd is not null)
            return;
        IEnumerable<IGrouping<Address, int>> late = Enumerable.Range(0, _registry.Places.Count)
            .Where(slice => !_registry.Places[slice].IsUp && _ordered.TryGetValue(slice, out long at)
                && Stopwatch.GetElapsedTime(at) >= OrderEvery)
            .Where(slice => _registry.Places[slice].Node is { } node && _workers.Contains(node) && !_retiring.Contains(node))
            .GroupBy(slice => _registry.Places[slice].Node!);
        foreach (IGrouping<Address, int> slices in late)
            Order([.. slices], slices.Key);
    }

    private void Order(IReadOnlyList<int> slices, Address node)
    {
        Workers.NodeEndpoint(Context.System, node).Tell(new HostSlices(
            _part.Run, _part.Experiment, _part.Classes, slices, PathOf(Self), FromStart: !_begun));
    }

    private void Rise(SliceUp up)
    {
        if (!_registry.Knows(up.Slice))
            return;
        IActorRefProvider provider = ((ExtendedActorSystem)Context.System).Provider;
        IActorRef actor = DataPath.Of(Context.System).Resolve(up.Path);
        IActorRef manager = provider.ResolveActorRef(up.SliceManager);
        if (!_registry.Rise(up, actor, manager))
            return;
        Context.Watch(manager);
        _fallen = 0;
        if (!_begun)
        {
            BeginIfAllUp();
            return;
        }

        SliceRegistry.Place place = _registry.Places[up.Slice];
        if (_frozen)
            ReportFrozen(up.Slice, place);
        _freezeRound?.Ask(up.Slice, place);
        NeighboursOfSoon();
        _coordinator.Tell(new SliceMoved(up.Slice, actor));
        _countersRound?.Ask(up.Slice, place);
        Note(up);
        GoOnIfMoved();
        // It was on its way when the run ended.
        if (_waitForEnd is not null)
            manager.Tell(new HandOver());
    }

    private void BeginIfAllUp()
    {
        if (_waitForActors.Count == 0 || (!_begun && !_registry.AllUp))
            return;
        if (!_begun)
            NeighboursOf();
        _begun = true;
        var actors = new NetworkActors([.. _registry.Places.Select(place => place.Actor)], _coordinator);
        foreach (IActorRef asker in _waitForActors)
            asker.Tell(actors);
        _waitForActors.Clear();
    }

    /// <summary>Sends the paths once for all slices whose start has been reported by now: a lost node may have had many.</summary>
    private void NeighboursOfSoon()
    {
        if (_directoryDue)
            return;
        _directoryDue = true;
        Self.Tell(new SendDirectory());
    }

    /// <summary>Sends all managers the present paths of all slices.</summary>
    private void NeighboursOf()
    {
        var list = new SliceDirectory(
            [.. _registry.Places.Select(place => place.IsUp ? place.Actor.Path.ToSerializationFormat() : "")],
            PathOf(_coordinator));
        NotifySliceManagers(list);
    }

    private void NotifySliceManagers(object message)
    {
        foreach (IActorRef manager in _registry.Places.Where(place => place.IsUp).Select(place => place.SliceManager).Distinct())
            manager.Tell(message);
    }

    private string PathOf(IActorRef actor) => actor.Path.ToSerializationFormatWithAddress(_cluster.SelfAddress);

    private string NameOf(int slice) => _launch.Network.Slices[slice].Name;
}
