using Akka.Actor;
using Akka.Cluster;
using Nudge.Actors;
using Nudge.Populations;

namespace Nudge.Hosting;

/// <summary>
/// Supervises the coordinator of a run whose slices live on other nodes, and hears what befalls them. A run cannot go on
/// without the slices of a node that has gone, and says so.
/// </summary>
internal sealed class DirectorActor : UntypedActor, IWithTimers
{
    private readonly Cast _cast;
    private readonly IActorRef[] _slices;
    private readonly IActorRef _coordinator;

    public DirectorActor(Cast cast, IActorRef[] slices)
    {
        _cast = cast;
        _slices = slices;
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
        Akka.Cluster.Cluster.Get(Context.System).Subscribe(Self, typeof(ClusterEvent.MemberRemoved));
        var pause = TimeSpan.FromMilliseconds(_cast.Settings.KeepAliveMilliseconds);
        Timers.StartPeriodicTimer("keep-alive", KeepAlive.Instance, pause);
    }

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(error =>
    {
        _cast.Board.Fail(error);
        return Directive.Stop;
    });

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AskRoster:
                Sender.Tell(new Roster(_slices, _coordinator));
                break;
            case KeepAlive:
                _coordinator.Tell(KeepAlive.Instance);
                break;
            case SliceFault fault when fault.Fatal:
                _cast.Board.Fail(new NumericalException(fault.Reason));
                break;
            case SliceFault:
                _cast.Board.CountFault();
                break;
            case ClusterEvent.MemberRemoved removed:
                Miss(removed.Member.Address);
                break;
            case ClusterEvent.CurrentClusterState:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Miss(Address gone)
    {
        string[] lost =
        [
            .. _cast.Network.Slices.Where(slice => _slices[slice.Index].Path.Address.Equals(gone)).Select(slice => slice.Name),
        ];
        if (lost.Length > 0)
            _cast.Board.Fail(new NodeException($"the node {gone.Host}:{gone.Port} is gone, and with it {string.Join(", ", lost)}"));
    }
}
