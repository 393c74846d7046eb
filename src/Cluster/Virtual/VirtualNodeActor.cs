using Akka.Actor;
using Akka.Event;
using Nudge.Actors.Loops;
using Nudge.Hosting;
using Nudge.Messages;
using Nudge.Networks;
using Nudge.Transport;
using Nudge.VirtualTime;
using Nudge.VirtualTime.Nodes;
using Nudge.Wire;

namespace Nudge.Virtual;

/// <summary>Takes part in runs in virtual time that members of the cluster ask for.</summary>
/// <param name="source">Compiles networks.</param>
/// <param name="frameBytes">The longest message of this node.</param>
/// <param name="ledger">Counts what is hosted here.</param>
internal sealed class VirtualServiceActor(NetworkSource source, int frameBytes, HostingLedger ledger) : UntypedActor
{
    internal const string Name = "virtual";
    private readonly ILoggingAdapter _log = Context.GetLogger();

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(error =>
    {
        _log.Error(error, "the part of a run in virtual time failed");
        return Directive.Stop;
    });

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        if (message is not JoinVirtualRun order)
        {
            Unhandled(message);
            return;
        }

        Address address = Sender.Path.Address;
        Akka.Cluster.Cluster membership = Akka.Cluster.Cluster.Get(Context.System);
        if (address.Host is not null && !membership.State.Members.Any(member => member.Address.Equals(address)))
        {
            _log.Warning("refused to take part in a run in virtual time for {0}, which is no member of the cluster", address);
            return;
        }

        try
        {
            int frame = Math.Min(frameBytes, order.FrameBytes);
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(frame, FrameSize.Envelope);
            HostedNetwork hosted = RequestedNetwork.Compile(source, ledger.Budget, order.Experiment, order.Classes);
            IActorRef coordinator = Sender;
            HostingLedger.HostingShare share = ledger.Take();
            Context.ActorOf(Props.Create(() => new VirtualNodeActor(hosted, coordinator, order.Run, frame, share))
                .WithDispatcher(LoopDispatcher.Name));
        }
        catch (Exception error)
        {
            // Whatever the experiment is, the node goes on and the coordinator receives the reason.
            Sender.Tell(new HostRefused(error.Message));
        }
    }
}

/// <summary>
/// One node's part of a run in virtual time. Its slices run on the thread of the loop, which sends and receives between two of their
/// steps, so that no message waits for another thread; this actor passes messages between them and the other nodes.
/// </summary>
internal sealed class VirtualNodeActor : UntypedActor, IWithTimers
{
    private readonly HostedNetwork _hosted;
    private readonly HostingLedger.HostingShare _share;
    private readonly IActorRef _inviter;
    private readonly IActorRef _coordinator;
    private readonly NodeMessageState _wire;
    private readonly PartStreams _streams;
    private readonly List<NodeMessage> _early = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private VirtualNode? _node;

    public VirtualNodeActor(
        HostedNetwork hosted, IActorRef coordinator, long run, int frameBytes, HostingLedger.HostingShare share)
    {
        _share = share;
        _hosted = hosted;
        _inviter = coordinator;
        _coordinator = ByDataPath(coordinator.Path.ToSerializationFormat());
        _wire = new(hosted.Network);
        _streams = new(run, frameBytes, Self);
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    private sealed record Made(VirtualNode Node);

    private sealed record Tick;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        DataPath.Of(Context.System).Register(Self);
        Timers.StartPeriodicTimer(nameof(Tick), new Tick(), PartStreams.Every);
        Context.Watch(_inviter);
        _inviter.Tell(new VirtualNodeUp());
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        DataPath.Of(Context.System).Unregister(Self);
        _node?.Stop();
        _share.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            // From a node that is not known yet; it sends the part again.
            case VirtualPart when Sender.Equals(Context.System.DeadLetters):
                break;
            case VirtualPart part:
                if (_streams.TryTake(Sender, part, out ReadOnlyMemory<byte> bytes))
                    TakeFromSender(_wire.Read(bytes));
                break;
            case VirtualReceived received:
                _streams.Take(Sender, received);
                break;
            case Tick:
                _streams.Tick();
                break;
            case Made made:
                Begin(made.Node);
                break;
            case Status.Failure failure:
                Links.Report(new NodeFailure(failure.Cause.Message));
                Context.Stop(Self);
                break;
            case Terminated:
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private ActorLinks Links { get => field ??= new(this, []); set; }

    private static IActorRef ByDataPath(string path) => DataPath.Of(Context.System).Resolve(path);

    /// <summary>Other nodes send what slices sent; only the coordinator gives orders.</summary>
    private void TakeFromSender(NodeMessage message)
    {
        if (message is SentActivity or StepDecision || Sender.Equals(_coordinator))
            Take(message);
        else
            _log.Warning("refused a {0} of {1}, which is not the coordinator of the run", message.GetType().Name, Sender.Path);
    }

    private void Take(NodeMessage message)
    {
        if (message is BeginRun begin)
            Make(begin);
        else if (_node is null)
            _early.Add(message);
        else
            _node.Take(message);
    }

    private void Make(BeginRun begin)
    {
        Links = new(this, [.. begin.Peers.Select(ByDataPath)]);
        ActorLinks links = Links;
        try
        {
            _share.Resize(_hosted.Network.Slices.Zip(begin.Places, (slice, place) => (slice, place))
                .Where(one => one.place == begin.Self).Sum(one => NetworkSize.BytesOf(_hosted.Network, one.slice)));
        }
        catch (BudgetException error)
        {
            links.Report(new NodeFailure(error.Message));
            Context.Stop(Self);
            return;
        }

        HostedNetwork hosted = _hosted;
        // Weights are drawn and states are read on a thread that may take its time.
        Task.Run(() => new Made(new VirtualNode(
            hosted.Network, new(begin.Places, begin.Self), links, hosted.Settings.Loops, begin.State))).PipeTo(Self);
    }

    private void Begin(VirtualNode node)
    {
        _node = node;
        Links.Loop.Execute(node.Run);
        _early.ForEach(node.Take);
        _early.Clear();
    }

    private sealed class ActorLinks(VirtualNodeActor actor, IActorRef[] peers) : INodeLinks, IServingThread
    {
        private readonly IActorRef _self = Context.Self;

        internal LoopSockets Loop { get; } = LoopSockets.Of(Context.System.EventStream);

        public IServingThread? Thread => this;

        public bool IsCurrent => Loop.IsOnLoop;

        public void Serve(bool mayWait) => Loop.Serve(mayWait);

        public void Wake() => Loop.Execute(static () => { });

        public void Send(int node, NodeMessage message) => actor._streams.Send(actor._wire.Write(message), peers[node]);

        public void SendToAll(NodeMessage message)
        {
            byte[] bytes = actor._wire.Write(message);
            foreach (IActorRef peer in peers)
            {
                if (!peer.Path.Equals(_self.Path) || peer.Path.Address.Host is not null)
                    actor._streams.Send(bytes, peer);
            }

            actor._streams.Send(bytes, actor._coordinator);
        }

        public void Report(NodeMessage message) => actor._streams.Send(actor._wire.Write(message), actor._coordinator);
    }
}
