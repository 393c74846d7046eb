using Akka.Actor;
using Akka.Cluster;
using Nudge.Actors;
using Nudge.Actors.Loops;
using Nudge.Messages;
using Nudge.Populations;
using Nudge.State;
using Nudge.Store;
using Nudge.Topology;
using Nudge.Transport;

namespace Nudge.Hosting;

/// <summary>
/// Keeps the slices that a node hosts for one run: starts them from what the store holds, gives them their neighbours,
/// supervises them, has each saved now and then at a time of its own, reports what they count, and ends them when their
/// coordinator has left the cluster.
/// </summary>
internal sealed partial class SliceManagerActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(500);
    private readonly string _run;
    private readonly HostedNetwork _hosted;
    private readonly NodeSettings _settings;
    private readonly Address _home;
    private readonly IActorRef _supervisor;
    private readonly Dictionary<int, HostedSlice> _slices = [];
    private readonly Rotation<int> _keepAlive;
    private readonly Rotation<int> _reporting;
    private IReadOnlyList<IActorRef> _launch = [];
    private IActorRef _coordinator = ActorRefs.Nobody;
    private bool _retiring;
    private int _stores;

    public SliceManagerActor(HostSlices order, HostedNetwork hosted, NodeSettings settings)
    {
        _run = order.Run;
        _hosted = hosted;
        _settings = settings;
        _supervisor = ((ExtendedActorSystem)Context.System).Provider.ResolveActorRef(order.RunSupervisor);
        _home = _supervisor.Path.Address;
        _keepAlive = KeepAlive.Rotate(() => _slices.Keys);
        _reporting = new(() => _slices.Keys, LinksTo, LinksPerReport);
    }

    private sealed record SaveDue(int Slice);

    private sealed record ReportDue;

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Akka.Cluster.Cluster.Get(Context.System).Subscribe(Self, typeof(ClusterEvent.MemberRemoved));
        var pause = TimeSpan.FromMilliseconds(_hosted.Settings.KeepAliveMilliseconds);
        Timers.StartPeriodicTimer("keep-alive", KeepAlive.Instance, pause);
        Timers.StartPeriodicTimer("report", new ReportDue(), ReportEvery);
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        Akka.Cluster.Cluster.Get(Context.System).Unsubscribe(Self);
        foreach (HostedSlice slice in _slices.Values)
            DataPath.Of(Context.System).Unregister(slice.Actor);
    }

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(error =>
    {
        foreach ((int index, HostedSlice kept) in _slices)
        {
            // A store that failed no longer knows whether its incarnation is the only one.
            if (!kept.Store.Equals(Sender))
                continue;
            Self.Tell(new SliceFenced(index, error.Message));
            return Directive.Stop;
        }

        int slice = _slices.FirstOrDefault(pair => pair.Value.Actor.Equals(Sender)).Key;
        bool fatal = error is NumericalException;
        // What it was asked may have gone with its fault.
        _turns.GiveBack(slice);
        _supervisor.Tell(new SliceFault(slice, error.Message, fatal));
        return fatal ? Directive.Stop : Directive.Restart;
    });

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case KeepAlive:
                Tell(_keepAlive.Next(), message);
                break;
            case UnreachableSlices:
                Tell(_slices.Keys, message);
                break;
            case Freeze freeze:
                if (_slices.TryGetValue(freeze.Slice, out HostedSlice? asked))
                    asked.Actor.Forward(freeze);
                break;
            case ReportDue:
                Tell(_reporting.Next(), new AskCounters());
                break;
            case SliceCounters counters:
                Note(counters);
                break;
            case AskRunStatus:
                SendStatus();
                break;
            case HostSlices order:
                foreach (int slice in order.Slices)
                    BeginOrRepeat(slice, order.FromStart);
                break;
            case SliceRestored restored when _slices.TryGetValue(restored.Slice, out HostedSlice? restoring):
                restoring.StoreFailures = 0;
                StartOrDrop(restoring, restored);
                break;
            case SliceRestored:
                break;
            case SliceDirectory launch:
                Connect(launch);
                break;
            case AskNeighbours again:
                NeighboursOf(again.Slice);
                break;
            case AskStatePart ask:
                GiveState(ask);
                break;
            case StateTaken taken:
                _states[taken.Slice] = taken.State;
                GivePart(new(taken.Slice, 0, taken.AtMost), taken.ReplyTo);
                break;
            case ClusterEvent.MemberRemoved removed when removed.Member.Address.Equals(_home):
                Finish();
                break;
            case ClusterEvent.IClusterDomainEvent or ClusterEvent.CurrentClusterState:
                break;
            default:
                OnSaving(message);
                break;
        }
    }

    // A slice may have ended since its turn came.
    private void Tell(IEnumerable<int> slices, object message)
    {
        foreach (int slice in slices)
        {
            if (_slices.TryGetValue(slice, out HostedSlice? hosted))
                hosted.Actor.Tell(message);
        }
    }

    private static string PathOf(IActorRef actor) =>
        actor.Path.ToSerializationFormatWithAddress(Akka.Cluster.Cluster.Get(Context.System).SelfAddress);

    // An order that is repeated is one whose answer was lost, or that is still being carried out.
    private void BeginOrRepeat(int slice, bool fromStart)
    {
        if (!_slices.TryGetValue(slice, out HostedSlice? hosted))
            Begin(slice, fromStart);
        else if (hosted.IsAlive)
            ReportUp(slice, hosted);
    }

    private void ReportUp(int slice, HostedSlice hosted) => _supervisor.Tell(
        new SliceUp(slice, hosted.Incarnation, hosted.Generation, PathOf(hosted.Actor), PathOf(Self)));

    private void Begin(int slice, bool fromStart)
    {
        if (_retiring)
            return;
        bool keeps = _settings.Store is not null;
        _slices[slice] = new(keeps ? OpenStore(slice, continued: 0) : ActorRefs.Nobody, fromStart);
        if (!keeps)
            StartSlice(_slices[slice], new(slice, 0, 0, ReadOnlyMemory<byte>.Empty));
    }

    private IActorRef OpenStore(int slice, int continued) =>
        Context.ActorOf(Props.Create(() => new SliceStoreActor(_run, slice, continued)), $"store-{slice}-{++_stores}");

    private void StartOrDrop(HostedSlice hosted, SliceRestored restored)
    {
        try
        {
            StartSlice(hosted, restored);
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            // Another version's, or another network's: the supervisor is notified, and the other slices go on.
            Drop(new(restored.Slice, $"its snapshot {restored.Generation} cannot be read: {error.Message}"));
        }
    }

    private void StartSlice(HostedSlice hosted, SliceRestored restored)
    {
        SlicePlan plan = _hosted.Network.Slices[restored.Slice];
        PopulationSlice slice = _hosted.Network.CreateSlice(plan);
        if (!restored.State.IsEmpty)
            StateBytes.Restore(restored.State, PopulationSlice.StateSubject, slice);
        slice.BeginIncarnation(restored.Incarnation);
        var host = new SliceHost(_hosted.Network, plan, slice, _hosted.Settings.Lag, hosted.FromStart);
        hosted.Incarnation = restored.Incarnation;
        hosted.Generation = restored.Generation;
        hosted.Actor = Context.ActorOf(
            Props.Create(() => new SliceActor(host, _hosted.Network, _hosted.Settings))
                .WithDispatcher(LoopDispatcher.Name),
            $"slice-{restored.Slice}-{restored.Incarnation}");
        DataPath.Of(Context.System).Register(hosted.Actor);
        SaveNowAndThen(restored.Slice);
        ReportUp(restored.Slice, hosted);
    }

    private void Connect(SliceDirectory launch)
    {
        var data = DataPath.Of(Context.System);
        _launch = [.. launch.Slices.Select(path => path.Length == 0 ? ActorRefs.Nobody : data.Resolve(path))];
        _coordinator = data.Resolve(launch.Coordinator);
        foreach (int slice in _slices.Keys)
            NeighboursOf(slice);
    }

    private void NeighboursOf(int slice)
    {
        if (_launch.Count == 0 || !_slices.TryGetValue(slice, out HostedSlice? hosted))
            return;
        SlicePlan plan = _hosted.Network.Slices[slice];
        hosted.Actor.Tell(Neighbours.Of(_hosted.Network, plan, _launch, _coordinator));
    }
}
