using Akka.Actor;
using Nudge.Actors;
using Nudge.Networks;
using Nudge.Populations;

namespace Nudge.Hosting;

/// <summary>
/// Keeps the slices that a node hosts for one run: introduces and supervises them, wakes them now and then, hands out
/// their states in parts that fit a message, and ends them when their coordinator has left the cluster.
/// </summary>
internal sealed class KeeperActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly HostedNetwork _hosted;
    private readonly Address _home;
    private readonly Dictionary<int, IActorRef> _slices = [];
    private readonly Dictionary<int, byte[]> _states = [];
    private IReadOnlyList<IActorRef> _cast = [];
    private IActorRef _coordinator = ActorRefs.Nobody;
    private IActorRef _director = ActorRefs.Nobody;

    public KeeperActor(HostedNetwork hosted, IReadOnlyList<int> slices, Address home)
    {
        _hosted = hosted;
        _home = home;
        foreach (int index in slices)
        {
            var host = new SliceHost(hosted.Network, hosted.Network.Slices[index]);
            _slices[index] = Context.ActorOf(
                Props.Create(() => new SliceActor(host, hosted.Network, hosted.Settings))
                    .WithDispatcher(ActorEngine.DispatcherName),
                $"slice-{index}");
        }
    }

    private sealed record StateTaken(int Slice, byte[] State, int AtMost, IActorRef ReplyTo);

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart() =>
        Akka.Cluster.Cluster.Get(Context.System).Subscribe(Self, typeof(Akka.Cluster.ClusterEvent.MemberRemoved));

    /// <inheritdoc/>
    protected override void PostStop() => Akka.Cluster.Cluster.Get(Context.System).Unsubscribe(Self);

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(error =>
    {
        bool fatal = error is NumericalException;
        int slice = _slices.FirstOrDefault(pair => pair.Value.Equals(Sender)).Key;
        _director.Tell(new SliceFault(slice, error.Message, fatal));
        return fatal ? Directive.Stop : Directive.Restart;
    });

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case KeepAlive:
                foreach (IActorRef slice in _slices.Values)
                    slice.Tell(KeepAlive.Instance);
                break;
            case HostSlices order:
                Sender.Tell(new Hosted(
                    PathOf(Self),
                    [.. order.Slices.Select(slice => PathOf(_slices[slice]))]));
                break;
            case CastList cast:
                Meet(cast);
                Sender.Tell(new CastKnown());
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
            case Akka.Cluster.ClusterEvent.MemberRemoved removed when removed.Member.Address.Equals(_home):
                Context.Stop(Self);
                break;
            case Akka.Cluster.ClusterEvent.IClusterDomainEvent or Akka.Cluster.ClusterEvent.CurrentClusterState:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private static string PathOf(IActorRef actor) =>
        actor.Path.ToSerializationFormatWithAddress(Akka.Cluster.Cluster.Get(Context.System).SelfAddress);

    private void Meet(CastList cast)
    {
        IActorRefProvider provider = ((ExtendedActorSystem)Context.System).Provider;
        _cast = [.. cast.Slices.Select(provider.ResolveActorRef)];
        _coordinator = provider.ResolveActorRef(cast.Coordinator);
        _director = provider.ResolveActorRef(cast.Director);
        foreach (int slice in _slices.Keys)
            Introduce(slice);
        var pause = TimeSpan.FromMilliseconds(_hosted.Settings.KeepAliveMilliseconds);
        Timers.StartPeriodicTimer("keep-alive", KeepAlive.Instance, pause);
    }

    private void Introduce(int slice)
    {
        SlicePlan plan = _hosted.Network.Slices[slice];
        _slices[slice].Tell(Introduction.Of(_hosted.Network, plan, _cast, _coordinator));
    }

    private void GiveState(AskStatePart ask)
    {
        if (!_slices.TryGetValue(ask.Slice, out IActorRef? slice) || ask.AtMost <= 0 || ask.Offset < 0)
            return;
        IActorRef replyTo = Sender;
        if (ask.Offset > 0)
            GivePart(ask, replyTo);
        else
            slice.Ask<byte[]>(new AskState(), Patience)
                .PipeTo(Self, success: state => new StateTaken(ask.Slice, state, ask.AtMost, replyTo));
    }

    private void GivePart(AskStatePart ask, IActorRef replyTo)
    {
        if (!_states.TryGetValue(ask.Slice, out byte[]? state) || ask.Offset > state.Length)
            return;
        int length = Math.Min(ask.AtMost, state.Length - ask.Offset);
        replyTo.Tell(new StatePart(ask.Slice, ask.Offset, state.Length, state.AsMemory(ask.Offset, length)));
        if (ask.Offset + length == state.Length)
            _states.Remove(ask.Slice);
    }
}
