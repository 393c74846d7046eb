using System.Diagnostics;
using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using Nudge.Actors;
using Nudge.Actors.Loops;
using Nudge.Messages;
using Nudge.Placement;
using Nudge.Populations;
using Nudge.State;
using Nudge.Store;
using Nudge.Supervision;
using Nudge.Telemetry;
using Nudge.Topology;
using Nudge.Transport;

namespace Nudge.Hosting;

/// <summary>
/// The shell of a <see cref="SliceManager"/>: has the actors of slices and their stores as children, and does for it what it decides.
/// </summary>
internal sealed partial class SliceManagerActor : UntypedActor, IWithTimers
{
    private readonly HostedNetwork _hosted;
    private readonly NodeSettings _settings;
    private readonly SliceManager _manager;
    private readonly string _run;
    private readonly int _epoch;
    private readonly ISnapshotFiles? _files;
    private readonly IActorRef _supervisor;
    private readonly Address _home;
    private readonly Dictionary<Assignment, IActorRef> _actors = [];
    private readonly Dictionary<Assignment, IActorRef> _openStores = [];
    private readonly Dictionary<IActorRef, Assignment> _children = [];
    private readonly Rotation<IActorRef> _keepAlive;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly long _start = Stopwatch.GetTimestamp();
    private (long Version, IReadOnlyList<IActorRef> Slices, IActorRef Coordinator) _directory = (-1, [], ActorRefs.Nobody);
    private int _stores;

    public SliceManagerActor(HostingOrders orders, HostedNetwork hosted, NodeSettings settings)
    {
        _hosted = hosted;
        _settings = settings;
        _run = orders.Run;
        _epoch = orders.Epoch;
        _files = settings.Store?.Files is { } place ? FilesLocation.Open(place) : null;
        _supervisor = ((ExtendedActorSystem)Context.System).Provider.ResolveActorRef(orders.RunSupervisor);
        _home = _supervisor.Path.Address;
        _manager = new(
            new(
                orders.Run,
                orders.Epoch,
                PathOf(Self),
                [.. hosted.Network.Slices.Select(slice => sizeof(float) * SliceCost.Of(hosted.Network, slice))],
                slice => hosted.Network.LinksTo(hosted.Network.Slices[slice]).LongCount(),
                settings.Store is null ? null : settings.SaveEvery,
                hosted.BeginsFromGivenWeights),
            Now);
        _keepAlive = KeepAlive.Rotate(() => _actors.Values);
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => Stopwatch.GetElapsedTime(_start);

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Akka.Cluster.Cluster.Get(Context.System).Subscribe(Self, typeof(ClusterEvent.MemberRemoved));
        var pause = TimeSpan.FromMilliseconds(_hosted.Settings.KeepAliveMilliseconds);
        Timers.StartPeriodicTimer("keep-alive", KeepAlive.Instance, pause);
        Timers.StartPeriodicTimer("tick", new ManagerEvent.Tick(), SliceManager.TickEvery);
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        Akka.Cluster.Cluster.Get(Context.System).Unsubscribe(Self);
        foreach ((Assignment of, IActorRef actor) in _actors)
        {
            DataPath.Of(Context.System).Unregister(actor);
            HostingCounts.Of(Context.System).Forget(_run, of.Slice);
        }

        (_files as IDisposable)?.Dispose();
    }

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(error =>
    {
        if (!_children.TryGetValue(Sender, out Assignment of))
            return Directive.Stop;
        if (_openStores.TryGetValue(of, out IActorRef? store) && store.Equals(Sender))
        {
            Self.Tell(new ManagerEvent.StoreCrashed(of, error.Message));
            return Directive.Stop;
        }

        bool fatal = error is NumericalException;
        Self.Tell(new ManagerEvent.Failed(of, error.Message, fatal));
        return fatal ? Directive.Stop : Directive.Restart;
    });

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case KeepAlive:
                foreach (IActorRef actor in _keepAlive.Next())
                    actor.Tell(message);
                break;
            case ManagerEvent what:
                AskForNextPart();
                Do(what);
                break;
            case StatePart part when Sender.Equals(_supervisor):
                TakePart(part);
                break;
            case AskRunStatus:
                SendStatus();
                break;
            case AskStatePart ask:
                GiveState(ask);
                break;
            case StateTaken taken:
                _states[taken.Slice] = taken.State;
                GivePart(new(taken.Slice, 0, taken.AtMost), taken.ReplyTo);
                break;
            case ClusterEvent.MemberRemoved removed when removed.Member.Address.Equals(_home):
                Do(new ManagerEvent.SupervisorLost());
                break;
            case ClusterEvent.IClusterDomainEvent or ClusterEvent.CurrentClusterState:
                break;
            case SliceRestored or SliceKept or StoreFailed or StoreReopened or SliceFenced when _children.TryGetValue(Sender, out Assignment of):
                Do(new ManagerEvent.FromStore(of, message));
                break;
            case AskNeighbours or SliceSnapshot or SliceCounters or Nudge.Actors.Freeze when _children.TryGetValue(Sender, out Assignment of):
                Do(new ManagerEvent.FromSlice(of, message));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Do(ManagerEvent what)
    {
        Count(what);
        foreach (ManagerEffect effect in _manager.On(what, Now).ToArray())
            Do(effect);
    }

    private void Do(ManagerEffect effect)
    {
        switch (effect)
        {
            case ManagerEffect.ToSupervisor to:
                _supervisor.Tell(to.Message);
                break;
            case ManagerEffect.OpenStore open:
                OpenStore(open);
                break;
            case ManagerEffect.AskFirstState ask:
                AskFor(ask);
                break;
            case ManagerEffect.Keep keep:
                _openStores.GetValueOrDefault(keep.Of, ActorRefs.Nobody).Tell(new KeepSlice(keep.State));
                break;
            case ManagerEffect.Release release:
                StateBytes.GiveBack(release.State);
                break;
            case ManagerEffect.Start start:
                Start(start);
                break;
            case ManagerEffect.ToSlice to:
                _actors.GetValueOrDefault(to.Of, ActorRefs.Nobody).Tell(to.Message);
                break;
            case ManagerEffect.Connect connect:
                Connect(connect.Of);
                break;
            case ManagerEffect.Stop stop:
                _firstStates.Remove(stop.Of.Slice);
                HostingCounts.Of(Context.System).Forget(_run, stop.Of.Slice);
                Stop(_actors, stop.Of);
                Stop(_openStores, stop.Of);
                break;
            case ManagerEffect.Warn warn:
                _log.Warning("{0}", warn.Text);
                break;
            case ManagerEffect.End:
                Context.Stop(Self);
                break;
            default:
                break;
        }
    }

    private static string PathOf(IActorRef actor) =>
        actor.Path.ToSerializationFormatWithAddress(Akka.Cluster.Cluster.Get(Context.System).SelfAddress);

    private void OpenStore(ManagerEffect.OpenStore open)
    {
        Stop(_openStores, open.Of);
        var opening = new JournalOpening(open.Of.Slice, open.Continued, _epoch) { Opened = ++_stores };
        IActorRef store = Context.ActorOf(
            Props.Create(() => new SliceStoreActor(_run, opening, _files)), $"store-{open.Of.Slice}-{_stores}");
        _openStores[open.Of] = store;
        _children[store] = open.Of;
    }

    private void Start(ManagerEffect.Start start)
    {
        Assignment of = start.Of;
        SlicePlan plan = _hosted.Network.Slices[of.Slice];
        PopulationSlice slice = _hosted.Network.CreateSlice(plan);
        try
        {
            if (!start.Restored.State.IsEmpty)
                StateBytes.Restore(start.Restored.State, PopulationSlice.StateSubject, slice);
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            // Another version's, or another network's: the supervisor is notified, and the other slices go on.
            Self.Tell(new ManagerEvent.NotStarted(of, $"its snapshot {start.Restored.Generation} cannot be read: {error.Message}"));
            return;
        }

        slice.BeginIncarnation(start.Restored.Incarnation);
        var host = new SliceHost(_hosted.Network, plan, slice, _hosted.Settings.Lag, start.FromStart);
        IActorRef actor = Context.ActorOf(
            Props.Create(() => new SliceActor(host, _hosted.Network, _hosted.Settings)).WithDispatcher(LoopDispatcher.Name),
            SliceDirectory.SliceName(of.Slice, of.Attempt));
        _actors[of] = actor;
        _children[actor] = of;
        DataPath.Of(Context.System).Register(actor);
    }

    private void Stop(Dictionary<Assignment, IActorRef> children, Assignment of)
    {
        if (!children.Remove(of, out IActorRef? child))
            return;
        _children.Remove(child);
        if (ReferenceEquals(children, _actors))
            DataPath.Of(Context.System).Unregister(child);
        Context.Stop(child);
    }

    private void Connect(Assignment of)
    {
        if (_manager.Directory is not { } directory || !_actors.TryGetValue(of, out IActorRef? actor))
            return;
        if (directory.Version != _directory.Version)
        {
            var data = DataPath.Of(Context.System);
            _directory = (
                directory.Version,
                [
                    .. Enumerable.Range(0, _hosted.Network.Slices.Count)
                        .Select(directory.PathOf)
                        .Select(path => path.Length == 0 ? ActorRefs.Nobody : data.Resolve(path)),
                ],
                data.Resolve(directory.Coordinator));
        }

        actor.Tell(Neighbours.Of(_hosted.Network, _hosted.Network.Slices[of.Slice], _directory.Slices, _directory.Coordinator));
    }
}
