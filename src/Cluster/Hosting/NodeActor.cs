using Akka.Actor;
using Akka.Event;
using Nudge.Actors;
using Nudge.Messages;

namespace Nudge.Hosting;

/// <summary>
/// The endpoint of a node: starts slices when a supervisor asks for them, one manager a run. Nothing else creates
/// actors here; remote deployment is refused.
/// </summary>
internal sealed class NodeActor(NodeSettings settings, NetworkSource source) : UntypedActor
{
    internal const string Name = "node";
    internal const int Protocol = 6;
    private static readonly TimeSpan SliceManagerTimeout = TimeSpan.FromSeconds(2);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<string, HostedNetworkRun> _hosted = [];
    private readonly List<IActorRef> _waitUntilRetired = [];
    private int _runs;

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(error =>
    {
        _log.Error(error, "the manager of a run failed");
        return Directive.Stop;
    });

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AskNode:
                Sender.Tell(new NodeHello(
                    Protocol, settings.FrameBytes, settings.Store is not null, NodeMemory.OfThisProcess().PeakBytes));
                break;
            case AskStatus:
                SendStatus();
                break;
            case HostSlices order when IsFromMember(order):
                Host(order);
                break;
            case HostSlices order:
                _log.Warning("refused to host slices of {0} for {1}, which is no member of the cluster", order.Run, Sender.Path.Address);
                break;
            case Retire:
                _waitUntilRetired.Add(Sender);
                foreach (HostedNetworkRun run in _hosted.Values)
                    run.SliceManager.Tell(message);
                SayIfRetired();
                break;
            case CountHosted:
                Sender.Tell(new HostedCount(_hosted.Values.Sum(run => run.Slices.Count)));
                break;
            case Terminated gone:
                Forget(gone.ActorRef);
                SayIfRetired();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private bool IsFromMember(HostSlices order)
    {
        Akka.Cluster.Cluster membership = Akka.Cluster.Cluster.Get(Context.System);
        // An actor of this node has no host in its address.
        return ActorPath.TryParse(order.RunSupervisor, out ActorPath path)
            && membership.State.Members.Any(member => member.Address.Equals(path.Address))
            && (Sender.Path.Address.Host is null || Sender.Path.Address.Equals(path.Address));
    }

    private void SayIfRetired()
    {
        if (_hosted.Count > 0)
            return;
        foreach (IActorRef asker in _waitUntilRetired)
            asker.Tell(new Retired());
        _waitUntilRetired.Clear();
    }

    private void Host(HostSlices order)
    {
        try
        {
            if (_hosted.TryGetValue(order.Run, out HostedNetworkRun? run) && run.RunSupervisor != order.RunSupervisor)
            {
                // A coordinator that was started again: the incarnations of the earlier one end and are saved first.
                run.Waiting.Add((order, Sender));
                run.SliceManager.Tell(new HandOver());
                return;
            }

            run ??= Open(order);
            run.Slices.UnionWith(order.Slices);
            run.SliceManager.Forward(order);
        }
        catch (Exception error)
        {
            // Whatever the experiment is, the node goes on and the supervisor receives the reason.
            _log.Warning("refused to host slices of {0}: {1}", order.Run, error.Message);
            Sender.Tell(new HostRefused(error.Message));
        }
    }

    private HostedNetworkRun Open(HostSlices order)
    {
        HostedNetwork network = source(order.Experiment, order.Classes);
        if (order.Slices.Any(slice => slice < 0 || slice >= network.Network.Slices.Count))
            throw new InvalidDataException("the experiment has fewer slices than were asked for");
        IActorRef manager = Context.ActorOf(Props.Create(() => new SliceManagerActor(order, network, settings)), $"run-{++_runs}");
        Context.Watch(manager);
        return _hosted[order.Run] = new(manager, order.RunSupervisor);
    }

    private void Forget(IActorRef manager)
    {
        (string name, HostedNetworkRun? run) = _hosted.FirstOrDefault(pair => pair.Value.SliceManager.Equals(manager));
        if (run is null)
            return;
        _hosted.Remove(name);
        foreach ((HostSlices order, IActorRef sender) in run.Waiting)
            Self.Tell(order, sender);
    }

    private void SendStatus()
    {
        Akka.Cluster.Cluster membership = Akka.Cluster.Cluster.Get(Context.System);
        var alone = new NodeStatus(Workers.Name(membership.SelfAddress), Workers.MembersOf(membership.State), []);
        Task<RunStatus?>[] runs = [.. _hosted.Values.Select(run => StatusAsync(run.SliceManager))];
        CompleteAsync(alone, runs).PipeTo(Sender, Self);
    }

    private static async Task<NodeStatus> CompleteAsync(NodeStatus alone, Task<RunStatus?>[] runs) =>
        alone with { Runs = [.. (await Task.WhenAll(runs)).OfType<RunStatus>()] };

    private static async Task<RunStatus?> StatusAsync(IActorRef manager)
    {
        try
        {
            return await manager.Ask<RunStatus>(new AskRunStatus(), SliceManagerTimeout);
        }
        catch (AskTimeoutException)
        {
            // Its run has ended meanwhile.
            return null;
        }
    }

    /// <summary>A run that has slices here.</summary>
    private sealed record HostedNetworkRun(IActorRef SliceManager, string RunSupervisor)
    {
        internal HashSet<int> Slices { get; } = [];

        /// <summary>Orders of the coordinator's successor, which wait until this manager has ended.</summary>
        internal List<(HostSlices Order, IActorRef Sender)> Waiting { get; } = [];
    }
}
