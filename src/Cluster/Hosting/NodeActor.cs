using Akka.Actor;
using Akka.Event;
using Nudge.Actors;
using Nudge.Messages;
using Nudge.Networks;
using Nudge.Store;
using Nudge.Supervision;

namespace Nudge.Hosting;

/// <summary>
/// The endpoint of a node: starts slices when a supervisor asks for them, one manager a run. Nothing else creates
/// actors here; remote deployment is refused.
/// </summary>
internal sealed class NodeActor(NodeSettings settings, NetworkSource source, HostingLedger ledger) : UntypedActor
{
    internal const string Name = "node";
    internal const int Protocol = 9;
    private const string NoRun = "none";
    private static readonly TimeSpan SliceManagerTimeout = TimeSpan.FromSeconds(2);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly NodeRuns _runs = new(Akka.Cluster.Cluster.Get(Context.System).SelfUniqueAddress.Uid, settings.Store is not null);
    private readonly Dictionary<string, Managed> _managers = [];
    private readonly Dictionary<string, IActorRef> _epochAskers = [];
    private readonly Dictionary<IActorRef, string> _epochStores = [];
    private readonly List<IActorRef> _waitUntilRetired = [];
    private bool _left;
    private int _made;
    private int _epochs;

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(error =>
    {
        _log.Error(error, "an actor of a run failed");
        return Directive.Stop;
    });

    /// <inheritdoc/>
    protected override void PreStart()
    {
        // What a store takes when it is first used it takes while the node joins, and not while a run waits for its slices.
        if (settings.Store is not null)
            Context.ActorOf(Props.Create(() => new EpochReader(NoRun)), "store");
    }

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
            case HostingOrders orders when IsFromMember(orders.RunSupervisor):
                Do(new NodeEvent.Ordered(orders));
                break;
            case SliceDirectory directory when IsFromMember(directory.Coordinator):
                Do(new NodeEvent.Directed(directory));
                break;
            case HostingOrders orders:
                _log.Warning("refused orders for {0} from {1}, which is no member of the cluster", orders.Run, Sender.Path.Address);
                break;
            case AllotEpoch allot when IsMember(Sender.Path.Address):
                Allot(allot);
                break;
            case SliceRestored allotted:
                GiveEpoch(allotted);
                break;
            case SliceFenced fenced when ForgetEpoch(Sender) is (string run, IActorRef asker):
                asker.Tell(new OrdersRefused(run, 0, 0, fenced.Reason));
                break;
            case StoreFailed:
                // The sender asks again.
                ForgetEpoch(Sender);
                break;
            case NewestEpoch read:
                Do(new NodeEvent.EpochRead(read.Run, read.Epoch, read.Token));
                break;
            case Retire:
                _waitUntilRetired.Add(Sender);
                Do(new NodeEvent.Leave());
                SayIfRetired();
                break;
            case CountHosted:
                Sender.Tell(new HostedCount(_managers.Values.Sum(run => run.Slices)));
                break;
            case Terminated gone:
                Forget(gone.ActorRef);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private static bool IsMember(Address address) =>
        Akka.Cluster.Cluster.Get(Context.System).State.Members.Any(member => member.Address.Equals(address));

    private bool IsFromMember(string actor)
    {
        // An actor of this node has no host in its address.
        return ActorPath.TryParse(actor, out ActorPath path)
            && IsMember(path.Address)
            && (Sender.Path.Address.Host is null || Sender.Path.Address.Equals(path.Address));
    }

    private void SayIfRetired()
    {
        if (!_left)
            return;
        foreach (IActorRef asker in _waitUntilRetired)
            asker.Tell(new Retired());
        _waitUntilRetired.Clear();
    }

    private void Do(NodeEvent what)
    {
        foreach (NodeEffect effect in _runs.On(what).ToArray())
        {
            switch (effect)
            {
                case NodeEffect.ReadEpoch read:
                    Context.ActorOf(Props.Create(() => new EpochReader(read.Run)), $"epoch-{++_epochs}");
                    break;
                case NodeEffect.Make make:
                    Make(make.Orders);
                    break;
                case NodeEffect.ToManager to when _managers.TryGetValue(to.Run, out Managed? run):
                    Pass(run, to.Event);
                    break;
                case NodeEffect.Reply reply:
                    Reply(reply.Supervisor, reply.Message);
                    break;
                case NodeEffect.Left:
                    _left = true;
                    SayIfRetired();
                    break;
                default:
                    break;
            }
        }
    }

    private static void Reply(string supervisor, object message) =>
        ((ExtendedActorSystem)Context.System).Provider.ResolveActorRef(supervisor).Tell(message);

    /// <summary>Later orders of a run may ask for more slices than its first ones.</summary>
    private void Pass(Managed run, ManagerEvent what)
    {
        if (what is ManagerEvent.Ordered { Orders: var orders })
        {
            try
            {
                run.Share.Resize(BytesOf(run.Network, orders.Slices));
                run.Slices = orders.Slices.Count;
            }
            catch (Exception error) when (error is BudgetException or InvalidDataException)
            {
                _log.Warning("refused further slices of {0}: {1}", orders.Run, error.Message);
                Reply(orders.RunSupervisor, new OrdersRefused(orders.Run, orders.Epoch, 0, error.Message));
                return;
            }
        }

        run.Manager.Tell(what);
    }

    private static long BytesOf(NetworkPlan network, IReadOnlyList<Assignment> slices)
    {
        if (slices.Count > network.Slices.Count || slices.Any(one => one.Slice < 0 || one.Slice >= network.Slices.Count))
            throw new InvalidDataException("the experiment has fewer slices than were asked for");
        return slices.Sum(one => NetworkSize.BytesOf(network, network.Slices[one.Slice]));
    }

    private void Make(HostingOrders orders)
    {
        HostingLedger.HostingShare? share = null;
        try
        {
            share = ledger.Take();
            HostedNetwork network = RequestedNetwork.Compile(source, ledger.Budget, orders.Experiment, orders.Classes);
            share.Resize(BytesOf(network.Network, orders.Slices));
            IActorRef manager = Context.ActorOf(
                Props.Create(() => new SliceManagerActor(orders, network, settings)), $"run-{++_made}");
            Context.Watch(manager);
            _managers[orders.Run] = new(manager, network.Network, share) { Slices = orders.Slices.Count };
            manager.Tell(new ManagerEvent.Ordered(orders));
        }
        catch (Exception error)
        {
            // Whatever the experiment is, the node goes on and the supervisor receives the reason.
            share?.Dispose();
            _log.Warning("refused to host slices of {0}: {1}", orders.Run, error.Message);
            Do(new NodeEvent.NotMade(orders.Run, error.Message));
        }
    }

    private void Forget(IActorRef manager)
    {
        string? name = _managers.FirstOrDefault(pair => pair.Value.Manager.Equals(manager)).Key;
        if (name is null)
            return;
        if (_managers.Remove(name, out Managed? ended))
            ended.Share.Dispose();
        Do(new NodeEvent.ManagerEnded(name));
    }

    /// <summary>The journal of a run's coordinators gives each a number, as that of a slice does its incarnations.</summary>
    private void Allot(AllotEpoch allot)
    {
        if (settings.Store is null)
        {
            Sender.Tell(new EpochAllotted(allot.Run, 1));
            return;
        }

        if (_epochAskers.ContainsKey(allot.Run))
        {
            _epochAskers[allot.Run] = Sender;
            return;
        }

        _epochAskers[allot.Run] = Sender;
        IActorRef store = Context.ActorOf(
            Props.Create(() => new SliceStoreActor(allot.Run, new JournalOpening(-1, 0, 0, allot.Token, allot.Before))), $"epoch-{++_epochs}");
        _epochStores[store] = allot.Run;
    }

    private void GiveEpoch(SliceRestored allotted)
    {
        if (ForgetEpoch(Sender) is not (string run, IActorRef asker))
            return;
        Context.Stop(Sender);
        asker.Tell(new EpochAllotted(run, allotted.Incarnation));
    }

    private (string Run, IActorRef Asker)? ForgetEpoch(IActorRef store) =>
        _epochStores.Remove(store, out string? run) && _epochAskers.Remove(run, out IActorRef? asker) ? (run, asker) : null;

    private void SendStatus()
    {
        Akka.Cluster.Cluster membership = Akka.Cluster.Cluster.Get(Context.System);
        var alone = new NodeStatus(Workers.Name(membership.SelfAddress), Workers.MembersOf(membership.State), []);
        Task<RunStatus?>[] runs = [.. _managers.Values.Select(run => StatusAsync(run.Manager))];
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

    /// <summary>A run of which slices are hosted here.</summary>
    /// <param name="Manager">The actor that keeps them.</param>
    /// <param name="Network">The run's network.</param>
    /// <param name="Share">What they have of this node.</param>
    private sealed record Managed(IActorRef Manager, NetworkPlan Network, HostingLedger.HostingShare Share)
    {
        internal int Slices { get; set; }
    }
}
