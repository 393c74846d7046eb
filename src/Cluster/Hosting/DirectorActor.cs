using System.Diagnostics;
using Akka.Actor;
using Akka.Cluster;
using Nudge.Actors;
using Nudge.Messages;
using Nudge.Populations;

namespace Nudge.Hosting;

/// <summary>
/// Directs a run whose slices live on nodes: has them brought to life where the plan says, introduces them to one
/// another, and when a node is lost, elsewhere from their last snapshots. It never takes part in what they say.
/// </summary>
internal sealed partial class DirectorActor : UntypedActor, IWithTimers
{
    private readonly Cast _cast;
    private readonly DirectorPart _part;
    private readonly SliceRegistry _registry;
    private readonly IActorRef _coordinator;
    private readonly HashSet<Address> _workers = [];
    private readonly HashSet<Address> _unheard = [];
    private readonly List<IActorRef> _waitForRoster = [];
    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);
    private bool _begun;

    public DirectorActor(Cast cast, DirectorPart part)
    {
        _cast = cast;
        _part = part;
        _registry = new(cast.Network);
        _coordinator = Context.ActorOf(
            Props.Create(() => new CoordinatorActor(cast.Network, cast.Conductor, cast.Settings, cast.Board))
                .WithDispatcher(ActorEngine.DispatcherName),
            "coordinator");
    }

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

        // After the plan's own nodes, so that what became of them since is heard.
        _cluster.Subscribe(Self, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.IReachabilityEvent));
        var pause = TimeSpan.FromMilliseconds(_cast.Settings.KeepAliveMilliseconds);
        Timers.StartPeriodicTimer("keep-alive", KeepAlive.Instance, pause);
    }

    /// <inheritdoc/>
    protected override void PostStop() => _cluster.Unsubscribe(Self);

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(error =>
    {
        _cast.Board.Fail(error);
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
            // A director that began anew would raise every slice a second time.
            _cast.Board.Fail(error);
            Context.Stop(Self);
        }
    }

    private void Direct(object message)
    {
        switch (message)
        {
            case SliceBooks books when _registry.Knows(books.Slice):
                _registry.Report(books);
                _heard[books.Slice] = Stopwatch.GetTimestamp();
                _booksRound?.Answered(books.Slice);
                break;
            case KeepAlive:
                _coordinator.Tell(KeepAlive.Instance);
                break;
            case AskRoster:
                _waitForRoster.Add(Sender);
                BeginIfAllUp();
                break;
            case SliceUp up:
                Rise(up);
                break;
            case SliceFault fault when fault.Fatal:
                _cast.Board.Fail(new NumericalException(fault.Reason));
                break;
            case SliceFault:
                _cast.Board.CountFault();
                break;
            case HostRefused refused:
                _cast.Board.Fail(new NodeException($"node {Workers.Name(Sender.Path.Address)} hosts nothing: {refused.Reason}"));
                break;
            case AskKeeper ask:
                Sender.Tell(_registry.Places[ask.Slice].Keeper);
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
            _registry.Assign(slice, node);
        Workers.Door(Context.System, node).Tell(new HostSlices(
            _part.Run, _part.Experiment, _part.Classes, slices, PathOf(Self), FromStart: !_begun));
    }

    private void Rise(SliceUp up)
    {
        if (!_registry.Knows(up.Slice))
            return;
        IActorRefProvider provider = ((ExtendedActorSystem)Context.System).Provider;
        IActorRef actor = provider.ResolveActorRef(up.Path);
        IActorRef keeper = provider.ResolveActorRef(up.Keeper);
        if (!_registry.Rise(up, actor, keeper))
            return;
        Context.Watch(keeper);
        _fallen = 0;
        if (!_begun)
        {
            BeginIfAllUp();
            return;
        }

        SliceRegistry.Place place = _registry.Places[up.Slice];
        if (_frozen)
            TellFrozen(up.Slice, place);
        _freezeRound?.Ask(up.Slice, place);
        Introduce();
        _coordinator.Tell(new Recast(up.Slice, actor));
        _booksRound?.Ask(up.Slice, place);
        Note(up);
        GoOnIfMoved();
        // It was on its way when the run ended.
        if (_waitForEnd is not null)
            keeper.Tell(new HandOver());
    }

    private void BeginIfAllUp()
    {
        if (_waitForRoster.Count == 0 || (!_begun && !_registry.AllUp))
            return;
        if (!_begun)
            Introduce();
        _begun = true;
        var roster = new Roster([.. _registry.Places.Select(place => place.Actor)], _coordinator);
        foreach (IActorRef asker in _waitForRoster)
            asker.Tell(roster);
        _waitForRoster.Clear();
    }

    /// <summary>Tells all keepers who plays now.</summary>
    private void Introduce()
    {
        var list = new CastList(
            [.. _registry.Places.Select(place => place.IsUp ? place.Actor.Path.ToSerializationFormat() : "")],
            PathOf(_coordinator));
        TellKeepers(list);
    }

    private void TellKeepers(object message)
    {
        foreach (IActorRef keeper in _registry.Places.Where(place => place.IsUp).Select(place => place.Keeper).Distinct())
            keeper.Tell(message);
    }

    private string PathOf(IActorRef actor) => actor.Path.ToSerializationFormatWithAddress(_cluster.SelfAddress);

    private string NameOf(int slice) => _cast.Network.Slices[slice].Name;
}
