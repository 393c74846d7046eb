using System.Collections.Concurrent;
using System.Security.Cryptography;
using Akka.Actor;
using Nudge.Actors.Loops;
using Nudge.Hosting;
using Nudge.Messages;
using Nudge.Networks;
using Nudge.Transport;
using Nudge.VirtualTime.Nodes;

namespace Nudge.Virtual;

/// <summary>
/// The nodes of one run in virtual time as its coordinator reaches them, until one of them is lost; then another group takes
/// over from the last state that was collected.
/// </summary>
internal sealed class VirtualGroup : INodeGroup
{
    private static readonly TimeSpan UpWithin = TimeSpan.FromSeconds(60);
    private readonly NodeMessageState _wire;
    private readonly ActorSystem _system;
    private readonly long _run = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
    private readonly PartStreams _streams;
    // Without a message: the node is lost.
    private readonly BlockingCollection<(int Node, NodeMessage? Message)> _received = [];
    private readonly NodeReports _reports;
    private readonly IActorRef _actor;
    private readonly TaskCompletionSource<IActorRef[]> _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IActorRef[] _nodes = [];
    private volatile NodeException? _failure;
    private int _branch;

    /// <summary>Asks nodes to take part.</summary>
    /// <param name="system">The coordinator's node.</param>
    /// <param name="network">The network.</param>
    /// <param name="workers">The nodes.</param>
    /// <param name="task">The experiment that they compile, and the classes of its examples.</param>
    /// <param name="frameBytes">The longest frame that all of them take.</param>
    internal VirtualGroup(
        ActorSystem system, NetworkPlan network, Address[] workers, (string Experiment, int Classes) task, int frameBytes)
    {
        _system = system;
        _wire = new(network);
        _reports = new(Next);
        var order = new JoinVirtualRun(task.Experiment, task.Classes, _run, frameBytes);
        _actor = system.ActorOf(Props.Create(() => new GroupActor(this, workers)).WithDispatcher(LoopDispatcher.Name));
        _streams = new(_run, frameBytes, _actor);
        // Only now is there all that the actor uses.
        _actor.Tell(new Invitation(order));
    }

    /// <summary>Gives each node its part of the run; to be called once.</summary>
    /// <param name="places">For each slice the number of its node.</param>
    /// <param name="stateFor">What a node begins with.</param>
    /// <exception cref="NodeException">A node does not take part.</exception>
    internal async Task BeginAsync(IReadOnlyList<int> places, Func<int, byte[]> stateFor)
    {
        try
        {
            _nodes = await _up.Task.WaitAsync(UpWithin);
        }
        catch (TimeoutException error)
        {
            throw new NodeException("not all nodes have answered that they take part in a run in virtual time", error);
        }

        string[] peers = [.. _nodes.Select(node => node.Path.ToSerializationFormat())];
        _nodes = [.. peers.Select(DataPath.Of(_system).Resolve)];
        for (int node = 0; node < _nodes.Length; node++)
            _streams.Send(_wire.Write(new BeginRun(node, places, peers, stateFor(node))), _nodes[node]);
    }

    /// <summary>The coordinator cannot go on, for a reason.</summary>
    internal void Fail(NodeException reason)
    {
        _failure = reason;
        _up.TrySetException(reason);
        _received.Add((0, null));
    }

    /// <summary>Nodes end their parts.</summary>
    internal void End() => _actor.Tell(PoisonPill.Instance);

    /// <inheritdoc/>
    public void Order(NodeMessage order)
    {
        byte[] bytes = _wire.Write(order);
        foreach (IActorRef node in _nodes)
            _streams.Send(bytes, node);
    }

    /// <inheritdoc/>
    public int NextBranch() => ++_branch;

    /// <inheritdoc/>
    public IReadOnlyList<PhaseEndReport> AwaitPhaseEnd(int branch) => _reports.AwaitPhaseEnd(branch, _nodes.Length);

    /// <inheritdoc/>
    public bool AwaitDecision(int branch, int slice, long step) => _reports.AwaitDecision(branch, slice, step);

    /// <inheritdoc/>
    public IReadOnlyList<SlicesReport> AwaitSlices() => _reports.AwaitSlices(_nodes.Length);

    private NodeMessage Next()
    {
        (int node, NodeMessage? message) = _received.Take();
        if (_failure is { } failed)
            throw failed;
        return message switch
        {
            null => throw new NodeLostException($"node {Workers.Name(_nodes[node].Path.Address)} is lost"),
            NodeFailure failure => throw new NodeException(
                $"node {Workers.Name(_nodes[node].Path.Address)} cannot go on: {failure.Reason}"),
            _ => message,
        };
    }

    private sealed record Invitation(JoinVirtualRun Order);

    /// <summary>Receives for the group.</summary>
    private sealed class GroupActor(VirtualGroup group, Address[] workers) : UntypedActor, IWithTimers
    {
        private readonly IActorRef?[] _up = new IActorRef?[workers.Length];

        public ITimerScheduler Timers { get; set; } = null!;

        private sealed record Tick;

        /// <inheritdoc/>
        protected override void PostStop() => DataPath.Of(Context.System).Unregister(Self);

        /// <inheritdoc/>
        protected override void OnReceive(object message)
        {
            int node = Array.IndexOf(workers, Sender.Path.Address);
            switch (message)
            {
                case Invitation invitation:
                    Invite(invitation.Order);
                    break;
                case VirtualNodeUp when node >= 0 && _up[node] is null:
                    _up[node] = Sender;
                    Context.Watch(Sender);
                    if (Array.TrueForAll(_up, one => one is not null))
                        group._up.TrySetResult(_up!);
                    break;
                case HostRefused refused when node >= 0:
                    group._up.TrySetException(new NodeException(
                        $"node {Workers.Name(Sender.Path.Address)} takes no part: {refused.Reason}"));
                    break;
                case VirtualPart part when node >= 0 && Sender.Equals(_up[node]):
                    if (group._streams.TryTake(Sender, part, out ReadOnlyMemory<byte> bytes))
                        group._received.Add((node, group._wire.Read(bytes)));
                    break;
                case VirtualReceived received when node >= 0:
                    group._streams.Take(Sender, received);
                    break;
                case Tick:
                    group._streams.Tick();
                    break;
                case Terminated gone:
                    Lose(Array.IndexOf(_up, gone.ActorRef));
                    break;
                default:
                    Unhandled(message);
                    break;
            }
        }

        private void Invite(JoinVirtualRun order)
        {
            DataPath.Of(Context.System).Register(Self);
            Timers.StartPeriodicTimer(nameof(Tick), new Tick(), PartStreams.Every);
            foreach (Address worker in workers)
                Context.System.ActorSelection(new RootActorPath(worker) / "user" / VirtualServiceActor.Name).Tell(order);
        }

        private void Lose(int node)
        {
            group._up.TrySetException(new NodeLostException($"node {Workers.Name(workers[node])} is lost"));
            group._received.Add((node, null));
        }
    }
}

/// <summary>A node of a run in virtual time is no longer there; the run can go on with others.</summary>
internal sealed class NodeLostException : Exception
{
    public NodeLostException(string message)
        : base(message)
    {
    }

    public NodeLostException()
    {
    }

    public NodeLostException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
