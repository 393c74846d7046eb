using System.Diagnostics;
using System.Text;
using Akka.Actor;
using Nudge.Actors;
using Nudge.Hosting;
using Nudge.Messages;
using Nudge.Networks;
using Nudge.Placement;
using Nudge.State;
using Nudge.Training;
using Nudge.VirtualTime;
using Nudge.VirtualTime.Nodes;
using Nudge.Wire;

namespace Nudge.Virtual;

/// <summary>
/// A run in virtual time whose slices are on the nodes of a cluster, to the same bits as in one process. When a node is lost, the
/// run goes back to the last state that was collected and goes on from there with the nodes that are left: since virtual time
/// repeats itself exactly, it ends in the bits of the undisturbed run.
/// </summary>
public sealed class VirtualCluster : IAsyncDisposable
{
    private const string Subject = "run in virtual time";
    private readonly LocalNodes _local;
    private readonly NetworkPlan _network;
    private readonly TrainingSchedule _schedule;
    private readonly ClusterOptions _options;
    private readonly Action<string> _report;
    private readonly Relay _relay = new();
    private readonly DistributedEngine _engine;
    private readonly Stopwatch _sinceSaved = new();
    private Node? _node;
    private VirtualGroup? _group;
    private byte[] _saved = [];
    private volatile bool _isEnding;

    /// <summary>Makes the run; it joins the cluster when it is started.</summary>
    /// <param name="network">The network.</param>
    /// <param name="schedule">Decides what is shown.</param>
    /// <param name="options">On which nodes.</param>
    /// <param name="report">Receives a line when a node is lost and the run goes on.</param>
    public VirtualCluster(NetworkPlan network, TrainingSchedule schedule, ClusterOptions options, Action<string> report)
    {
        (_network, _schedule, _options, _report) = (network, schedule, options, report);
        _local = options.Local;
        _engine = new(network, schedule, _relay);
    }

    /// <summary>The engine. Its slices are as they were last collected.</summary>
    public VirtualEngine Engine => _engine.Engine;

    /// <summary>The node that runs each slice, by the number of the slice; empty before the start.</summary>
    public IReadOnlyList<string> NodesOfSlices { get; private set; } = [];

    /// <summary>Whether <see cref="StartAsync"/> has been called.</summary>
    public bool IsStarted => _node is not null;

    /// <summary>Joins the cluster and gives the nodes their parts.</summary>
    /// <exception cref="NodeException">There are not enough nodes, or one does not take part.</exception>
    public async Task StartAsync()
    {
        _node = Node.Start(_options.Node, source: null);
        await _node.JoinAsync(CancellationToken.None);
        _ = FailWhenRemovedAsync(_node);
        for (int i = 0; _options.LocalNode is not null && i < _options.Nodes; i++)
            _local.Start(_options.LocalNode(_node.Place));
        Save();
        await BeginAsync(_options.Nodes);
    }

    /// <summary>Goes on by one phase, as <see cref="VirtualEngine.RunPhase"/> does.</summary>
    public async Task<bool> RunPhaseAsync()
    {
        (long Events, int Evaluations) before = Standing;
        try
        {
            bool goesOn = Engine.RunPhase();
            if (_sinceSaved.Elapsed >= _options.Node.SaveEvery && Engine.Evaluating is null)
                Collect(whole: true);
            return goesOn;
        }
        catch (NodeLostException lost)
        {
            await RecoverAsync(lost, before);
            return await RunPhaseAsync();
        }
    }

    /// <summary>Brings the engine's slices up to date.</summary>
    /// <param name="whole">With weights and messages under way: the engine's state is then that of the run.</param>
    public async Task CollectAsync(bool whole)
    {
        (long Events, int Evaluations) before = Standing;
        try
        {
            Collect(whole);
        }
        catch (NodeLostException lost)
        {
            await RecoverAsync(lost, before);
            await CollectAsync(whole);
        }
    }

    /// <summary>The memory of the processes that run slices.</summary>
    public async Task<IReadOnlyList<NodeMemory>> MemoryAsync() => _node is null
        ? []
        : [.. (await Workers.SayAsync(_node)).Select(one => new NodeMemory(one.Name, one.Hello.PeakBytes))];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isEnding = true;
        _group?.End();
        await _local.DisposeAsync();
        if (_node is not null)
            await _node.DisposeAsync();
    }

    /// <summary>A coordinator that the others have removed receives nothing any more: its run can only be resumed.</summary>
    private async Task FailWhenRemovedAsync(Node node)
    {
        await node.Gone;
        if (!_isEnding)
        {
            _relay.Group?.Fail(new NodeException("the nodes have removed this coordinator from the cluster, since they received "
                + "nothing from it; nudge run --resume goes on from what was saved"));
        }
    }

    private async Task BeginAsync(int atLeast)
    {
        Address[] workers = await Workers.UpAsync(_node!, atLeast, _local);
        if (workers.Length > Math.Min(NodePlaces.MostNodes, _network.Slices.Count))
            workers = workers[..Math.Min(NodePlaces.MostNodes, _network.Slices.Count)];
        IReadOnlyList<NodeHello> hellos = await Workers.HelloAsync(_node!, workers);
        int frame = Math.Min(_options.Node.FrameBytes, hellos.Min(hello => hello.FrameBytes));
        if (Encoding.UTF8.GetByteCount(_options.Experiment) + FrameSize.Envelope > frame)
            throw new FrameTooSmallException(Encoding.UTF8.GetByteCount(_options.Experiment) + FrameSize.Envelope, frame);
        PlacementPlan plan = PlacementPlanner.Plan(
            _network, [.. workers.Select(Workers.Name)], _options.Placement, _options.Node.Values);
        _options.Placed(plan);
        NodesOfSlices = [.. plan.NodeOf.Select(node => Workers.Name(workers[node]))];
        _engine.Restart();
        _group?.End();
        _group = new(_node!.System, _network, workers, (_options.Experiment, _options.Classes), frame);
        _relay.Group = _group;
        await _group.BeginAsync(plan.NodeOf, node => _engine.StateFor(plan.NodeOf, node));
    }

    private void Collect(bool whole)
    {
        _engine.Collect(whole);
        if (whole)
            Save();
    }

    private void Save()
    {
        _saved = StateBytes.Of(Subject, Engine);
        _sinceSaved.Restart();
    }

    /// <summary>How far the run is: the two grow, and name a moment between two calls.</summary>
    private (long Events, int Evaluations) Standing => (Engine.Events, _schedule.Evaluations.Count);

    /// <summary>Goes back to the last state and on from there until the run is exactly where it was.</summary>
    private async Task RecoverAsync(NodeLostException lost, (long Events, int Evaluations) before)
    {
        while (true)
        {
            StateBytes.Restore(_saved, Subject, Engine);
            _report($"{lost.Message}; the run goes on from {_schedule.Presentations} stimuli on the other nodes, to the same bits");
            try
            {
                await BeginAsync(atLeast: 1);
                bool goesOn = true;
                while (goesOn && (Engine.Events < before.Events || _schedule.Evaluations.Count < before.Evaluations))
                    goesOn = Engine.RunPhase();
                return;
            }
            catch (NodeLostException again)
            {
                lost = again;
            }
        }
    }

    /// <summary>Passes on to the group that is there now.</summary>
    private sealed class Relay : INodeGroup
    {
        internal VirtualGroup? Group { get; set; }

        private VirtualGroup There => Group ?? throw new InvalidOperationException("The run has not been started.");

        public void Order(NodeMessage order) => There.Order(order);

        public int NextBranch() => There.NextBranch();

        public IReadOnlyList<PhaseEndReport> AwaitPhaseEnd(int branch) => There.AwaitPhaseEnd(branch);

        public bool AwaitDecision(int branch, int slice, long step) => There.AwaitDecision(branch, slice, step);

        public IReadOnlyList<SlicesReport> AwaitSlices() => There.AwaitSlices();
    }
}
