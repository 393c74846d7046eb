using System.Diagnostics;
using Akka.Actor;
using Akka.Cluster;
using Nudge.Actors;
using Nudge.Actors.Loops;
using Nudge.Messages;
using Nudge.Populations;
using Nudge.State;
using Nudge.Supervision;
using Nudge.Transport;

namespace Nudge.Hosting;

/// <summary>The shell of a <see cref="RunSupervisor"/>; has the coordinator of the run as its child.</summary>
internal sealed class RunSupervisorActor : UntypedActor, IWithTimers
{
    private readonly NetworkLaunch _launch;
    private readonly RunSupervisor _supervisor;
    private readonly IActorRef _coordinator;
    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);
    private readonly Dictionary<string, Address> _addresses = [];
    private readonly Dictionary<long, Func<(IActorRef Asker, object Answer)>> _requests = [];
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly int _partBytes;
    private readonly Dictionary<int, byte[]> _firstStates = [];
    private long _lastRequest;

    public RunSupervisorActor(NetworkLaunch launch, RunSupervisorPart part)
    {
        _launch = launch;
        _partBytes = part.PartBytes;
        _coordinator = Context.ActorOf(
            Props.Create(() => new CoordinatorActor(
                launch.Network, launch.TrainingSchedule, launch.Settings, launch.Board, launch.Interventions))
                .WithDispatcher(LoopDispatcher.Name),
            "coordinator");
        DataPath.Of(Context.System).Register(_coordinator);
        foreach (Address worker in part.Workers)
            _addresses[Workers.Name(worker)] = worker;
        var run = new SupervisedRun(
            part.Run,
            PathOf(Self),
            PathOf(_coordinator),
            [.. launch.Network.Slices.Select(slice => new SupervisedSlice(slice.Name, Placement.SliceCost.Of(launch.Network, slice)))],
            [.. part.Workers.Select(Workers.Name)],
            part.Plan.NodeOf)
        {
            Experiment = part.Experiment,
            Classes = part.Classes,
            KeepsSlices = part.KeepsSlices,
            TokenBefore = part.TokenBefore,
            Token = part.Token,
            Balance = counters => ActorLedger.CloseActivity(launch.Network, counters),
        };
        _supervisor = new(run, Now);
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => Stopwatch.GetElapsedTime(_start);

    /// <inheritdoc/>
    protected override void PreStart()
    {
        _cluster.Subscribe(Self, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.IReachabilityEvent));
        var pause = TimeSpan.FromMilliseconds(_launch.Settings.KeepAliveMilliseconds);
        Timers.StartPeriodicTimer("keep-alive", KeepAlive.Instance, pause);
        Timers.StartPeriodicTimer("tick", new SupervisorEvent.Tick(), RunSupervisor.TickEvery);
        Do(new SupervisorEvent.Tick());
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
            Take(message);
        }
        catch (Exception error)
        {
            // A supervisor that began again would know nothing of its slices.
            _launch.Board.Fail(error);
            Context.Stop(Self);
        }
    }

    private void Take(object message)
    {
        switch (message)
        {
            case KeepAlive:
                _coordinator.Tell(KeepAlive.Instance);
                break;
            case SupervisorEvent.Tick tick:
                Do(tick);
                break;
            case HostingReport or SliceCounted or EpochAllotted or OrdersRefused:
                Do(new SupervisorEvent.Received(Workers.Name(Sender.Path.Address), message));
                break;
            case Freeze confirmed:
                Do(new SupervisorEvent.CoordinatorFrozen(confirmed.Round));
                break;
            case AskNetworkActors:
                Do(new SupervisorEvent.AskActors(Ask(() => new NetworkActors([.. _supervisor.Places.Select((_, slice) => ActorOf(slice))], _coordinator))));
                break;
            case FreezeAll freeze:
                Do(new SupervisorEvent.AskFreeze(Ask(() => freeze), freeze.Frozen));
                break;
            case AskRunCounters ask:
                Do(new SupervisorEvent.AskRunCounters(Ask(() => new RunCounters(_supervisor.Present, [.. _supervisor.Ended])), ask.Fresh));
                break;
            case EndRun end:
                Do(new SupervisorEvent.AskToEnd(Ask(() => end)));
                break;
            case AskStatePart ask:
                GiveFirstState(ask);
                break;
            case AskSliceManager ask:
                Sender.Tell(ManagerOf(ask.Slice));
                break;
            default:
                TakeMembership(message);
                break;
        }
    }

    // The state of a slice at rest with the weights that the network begins with never changes: one that is asked for again is made again.
    private void GiveFirstState(AskStatePart ask)
    {
        if (ask.Slice < 0 || ask.Slice >= _launch.Network.Slices.Count || ask.AtMost <= 0 || ask.Offset < 0)
            return;
        if (!_firstStates.TryGetValue(ask.Slice, out byte[]? state))
        {
            PopulationSlice first = _launch.Network.CreateSlice(_launch.Network.Slices[ask.Slice]);
            _firstStates[ask.Slice] = state = StateBytes.Of(PopulationSlice.StateSubject, first);
        }

        if (ask.Offset >= state.Length)
            return;
        int length = Math.Min(Math.Min(ask.AtMost, _partBytes), state.Length - ask.Offset);
        Sender.Tell(new StatePart(ask.Slice, ask.Offset, state.Length, state.AsMemory(ask.Offset, length)));
        if (ask.Offset + length == state.Length)
            _firstStates.Remove(ask.Slice);
    }

    private void TakeMembership(object message)
    {
        switch (message)
        {
            case ClusterEvent.CurrentClusterState state:
                foreach (Member member in state.Members)
                    Arrive(member);
                foreach ((string node, Address address) in _addresses.Where(pair => state.Members.All(member => !member.Address.Equals(pair.Value))).ToArray())
                    Do(new SupervisorEvent.NodeRemoved(node, Lost: true));
                foreach (Member member in state.Unreachable)
                    Do(new SupervisorEvent.NodeReachable(Workers.Name(member.Address), Reachable: false));
                break;
            case ClusterEvent.MemberUp up:
                Arrive(up.Member);
                break;
            case ClusterEvent.UnreachableMember unreachable:
                Do(new SupervisorEvent.NodeReachable(Workers.Name(unreachable.Member.Address), Reachable: false));
                break;
            case ClusterEvent.ReachableMember reachable:
                Do(new SupervisorEvent.NodeReachable(Workers.Name(reachable.Member.Address), Reachable: true));
                break;
            case ClusterEvent.MemberDowned downed when downed.Member.Address.Equals(_cluster.SelfAddress):
                Do(new SupervisorEvent.SelfRemoved());
                break;
            // A coordinator that was removed sees the others leave; the run must end with the real cause.
            case ClusterEvent.MemberRemoved when _cluster.IsTerminated || _cluster.SelfMember.Status is MemberStatus.Down or MemberStatus.Removed:
                Do(new SupervisorEvent.SelfRemoved());
                break;
            case ClusterEvent.MemberRemoved removed:
                Do(new SupervisorEvent.NodeRemoved(Workers.Name(removed.Member.Address), removed.PreviousStatus == MemberStatus.Down));
                break;
            case ClusterEvent.MemberLeft left:
                Do(new SupervisorEvent.NodeLeaving(Workers.Name(left.Member.Address)));
                break;
            case ClusterEvent.IClusterDomainEvent:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Arrive(Member member)
    {
        if (member.Status != MemberStatus.Up || !member.HasRole(NodeSettings.Worker))
            return;
        string name = Workers.Name(member.Address);
        _addresses[name] = member.Address;
        Do(new SupervisorEvent.NodeUp(name, member.UniqueAddress.Uid, member.HasRole(NodeSettings.StoreRole)));
    }

    private long Ask(Func<object> answer)
    {
        IActorRef asker = Sender;
        _requests[++_lastRequest] = () => (asker, answer());
        return _lastRequest;
    }

    private void Do(SupervisorEvent what)
    {
        foreach (SupervisorEffect effect in _supervisor.On(what, Now).ToArray())
            Do(effect);
    }

    private void Do(SupervisorEffect effect)
    {
        switch (effect)
        {
            case SupervisorEffect.ToNode to when _addresses.TryGetValue(to.Node, out Address? address):
                Workers.NodeEndpoint(Context.System, address).Tell(to.Message);
                break;
            case SupervisorEffect.ToCoordinator to:
                _coordinator.Tell(to.Message);
                break;
            case SupervisorEffect.SliceStarted started:
                _coordinator.Tell(new SliceMoved(started.Slice, DataPath.Of(Context.System).Resolve(started.Path)));
                break;
            case SupervisorEffect.Answer answer when _requests.Remove(answer.Request, out Func<(IActorRef Asker, object Answer)>? request):
                (IActorRef asker, object content) = request();
                asker.Tell(content);
                break;
            case SupervisorEffect.Moved moved:
                _launch.Board.Moves = _launch.Board.Moves.Add(moved.Move);
                break;
            case SupervisorEffect.Faulted:
                _launch.Board.CountFault();
                break;
            case SupervisorEffect.Notice notice:
                _launch.Board.Notices = _launch.Board.Notices.Add(notice.Text);
                break;
            case SupervisorEffect.Fail fail:
                _launch.Board.Fail(fail.Numerical ? new NumericalException(fail.Reason) : new NodeException(fail.Reason));
                break;
            default:
                break;
        }
    }

    private IActorRef ActorOf(int slice) => _supervisor.PathOf(slice) is { Length: > 0 } path
        ? DataPath.Of(Context.System).Resolve(path)
        : ActorRefs.Nobody;

    private IActorRef ManagerOf(int slice) => _supervisor.Places[slice] is { IsUp: true } place
        ? ((ExtendedActorSystem)Context.System).Provider.ResolveActorRef(place.Node!.Manager)
        : ActorRefs.Nobody;

    private string PathOf(IActorRef actor) => actor.Path.ToSerializationFormatWithAddress(_cluster.SelfAddress);
}
