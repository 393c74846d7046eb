using Akka.Actor;
using Akka.Cluster;
using Nudge.Actors;
using Nudge.Messages;
using Nudge.Populations;
using Nudge.State;
using Nudge.Store;
using Nudge.Topology;

namespace Nudge.Hosting;

/// <summary>
/// Keeps the slices that a node hosts for one run: brings them to life from what the store holds, introduces and
/// supervises them, has each saved now and then at a time of its own, reports what they count, and ends them when their
/// coordinator has left the cluster.
/// </summary>
internal sealed partial class KeeperActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(500);
    private readonly string _run;
    private readonly HostedNetwork _hosted;
    private readonly NodeSettings _settings;
    private readonly Address _home;
    private readonly IActorRef _director;
    private readonly Dictionary<int, HostedSlice> _slices = [];
    private IReadOnlyList<IActorRef> _cast = [];
    private IActorRef _coordinator = ActorRefs.Nobody;
    private bool _retiring;

    public KeeperActor(HostSlices order, HostedNetwork hosted, NodeSettings settings)
    {
        _run = order.Run;
        _hosted = hosted;
        _settings = settings;
        _director = ((ExtendedActorSystem)Context.System).Provider.ResolveActorRef(order.Director);
        _home = _director.Path.Address;
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
    protected override void PostStop() => Akka.Cluster.Cluster.Get(Context.System).Unsubscribe(Self);

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(error =>
    {
        foreach ((int index, HostedSlice kept) in _slices)
        {
            // A store that failed knows no more whether its life is the only one.
            if (!kept.Store.Equals(Sender))
                continue;
            Self.Tell(new SliceFenced(index, error.Message));
            return Directive.Stop;
        }

        int slice = _slices.FirstOrDefault(pair => pair.Value.Actor.Equals(Sender)).Key;
        bool fatal = error is NumericalException;
        // What it was asked may have gone with its fault.
        _turns.GiveBack(slice);
        _director.Tell(new SliceFault(slice, error.Message, fatal));
        return fatal ? Directive.Stop : Directive.Restart;
    });

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case KeepAlive or SilentSlices:
                foreach (HostedSlice slice in _slices.Values)
                    slice.Actor.Tell(message);
                break;
            case Freeze freeze:
                if (_slices.TryGetValue(freeze.Slice, out HostedSlice? asked))
                    asked.Actor.Forward(freeze);
                break;
            case ReportDue:
                foreach (HostedSlice slice in _slices.Values)
                    slice.Actor.Tell(new AskBooks());
                break;
            case SliceBooks books:
                Note(books);
                break;
            case AskRunStatus:
                TellStatus();
                break;
            case HostSlices order:
                foreach (int slice in order.Slices.Where(slice => !_slices.ContainsKey(slice)))
                    Begin(slice, order.FromStart);
                break;
            case SliceAwake awake when _slices.TryGetValue(awake.Slice, out HostedSlice? asleep):
                Wake(asleep, awake);
                break;
            case SliceAwake:
                break;
            case CastList cast:
                Meet(cast);
                break;
            case Reintroduce again:
                Introduce(again.Slice);
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

    private static string PathOf(IActorRef actor) =>
        actor.Path.ToSerializationFormatWithAddress(Akka.Cluster.Cluster.Get(Context.System).SelfAddress);

    private void Begin(int slice, bool fromStart)
    {
        bool keeps = _settings.Store is not null;
        IActorRef store = keeps
            ? Context.ActorOf(Props.Create(() => new SliceStoreActor(_run, slice)), $"store-{slice}")
            : ActorRefs.Nobody;
        _slices[slice] = new(store, fromStart);
        if (!keeps)
            Raise(_slices[slice], new(slice, 0, 0, ReadOnlyMemory<byte>.Empty));
    }

    private void Wake(HostedSlice hosted, SliceAwake awake)
    {
        try
        {
            Raise(hosted, awake);
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            // Another version's, or another network's: the director hears of it, and the other slices go on.
            Drop(new(awake.Slice, $"its snapshot {awake.Generation} cannot be read: {error.Message}"));
        }
    }

    private void Raise(HostedSlice hosted, SliceAwake awake)
    {
        SlicePlan plan = _hosted.Network.Slices[awake.Slice];
        PopulationSlice slice = _hosted.Network.CreateSlice(plan);
        if (!awake.State.IsEmpty)
            StateBytes.Restore(awake.State, PopulationSlice.StateSubject, slice);
        slice.Reincarnate(awake.Incarnation);
        var host = new SliceHost(_hosted.Network, plan, slice, hosted.FromStart);
        hosted.Incarnation = awake.Incarnation;
        hosted.Actor = Context.ActorOf(
            Props.Create(() => new SliceActor(host, _hosted.Network, _hosted.Settings))
                .WithDispatcher(ActorEngine.DispatcherName),
            $"slice-{awake.Slice}-{awake.Incarnation}");
        SaveNowAndThen(awake.Slice);
        _director.Tell(new SliceUp(
            awake.Slice, awake.Incarnation, awake.Generation, PathOf(hosted.Actor), PathOf(Self)));
    }

    private void Meet(CastList cast)
    {
        IActorRefProvider provider = ((ExtendedActorSystem)Context.System).Provider;
        _cast = [.. cast.Slices.Select(path => path.Length == 0 ? ActorRefs.Nobody : provider.ResolveActorRef(path))];
        _coordinator = provider.ResolveActorRef(cast.Coordinator);
        foreach (int slice in _slices.Keys)
            Introduce(slice);
    }

    private void Introduce(int slice)
    {
        if (_cast.Count == 0 || !_slices.TryGetValue(slice, out HostedSlice? hosted))
            return;
        SlicePlan plan = _hosted.Network.Slices[slice];
        hosted.Actor.Tell(Introduction.Of(_hosted.Network, plan, _cast, _coordinator));
    }
}
