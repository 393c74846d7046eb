using System.Text;
using Akka.Actor;
using Nudge.Actors;
using Nudge.Messages;
using Nudge.Placement;
using Nudge.State;
using Nudge.Wire;

namespace Nudge.Hosting;

/// <summary>Starts the actors of a network on the nodes of a cluster; coordinator and supervisor run here.</summary>
internal sealed class ClusterHosting(ClusterOptions options) : IHosting
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StateWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private readonly LocalNodes _local = options.Local;
#pragma warning disable RS0030 // It names the run in a store that others share, and decides nothing.
    private string _run = $"{Guid.NewGuid():n}";
#pragma warning restore RS0030
#pragma warning disable RS0030 // It names the coordinator in the store, and decides nothing.
    private static long NewToken => BitConverter.ToInt64(Guid.NewGuid().ToByteArray());
#pragma warning restore RS0030
    private IActorRef _supervisor = ActorRefs.Nobody;
    private Node? _node;
    private int _partBytes;
    private long _token;
    private volatile bool _disposing;

    /// <inheritdoc/>
    public TimeSpan Transit { get; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public bool KeepsStates => true;

    /// <inheritdoc/>
    public string? StoredAs { get; private set; }

    /// <inheritdoc/>
    public async Task<NetworkActors> OpenAsync(NetworkLaunch launch)
    {
        ThrowIfRefusable(launch);
        _node = Node.Start(options.Node, source: null);
        // They take longer to start than this one takes to join itself.
        for (int i = 0; options.LocalNode is not null && i < options.Nodes; i++)
            _local.Start(options.LocalNode(_node.Place));
        await _node.JoinAsync(CancellationToken.None);
        _ = FailWhenRemovedAsync(_node, launch.Board);
        Address[] workers = await Workers.UpAsync(_node, options.Nodes, _local);
        IReadOnlyList<NodeHello> hellos = await Workers.HelloAsync(_node, workers);
        int frame = Math.Min(options.Node.FrameBytes, hellos.Min(hello => hello.FrameBytes));
        ThrowIfTooSmall(launch, frame);
        _partBytes = frame - FrameSize.Envelope;
        PlacementPlan plan = PlacementPlanner.Plan(
            launch.Network, [.. workers.Select(Workers.Name)], options.Placement, options.Node.Values);
        options.Placed(plan);
        (long before, _token) = (_token, NewToken);
        bool isStored = hellos.All(hello => hello.KeepsSlices);
        StoredAs = isStored ? _run : null;
        var part = new RunSupervisorPart(_run, options.Experiment, options.Classes, workers, plan, isStored, before, _token)
        {
            PartBytes = _partBytes,
        };
        _supervisor = _node.System.ActorOf(Props.Create(() => new RunSupervisorActor(launch, part)), "supervisor");
        return await launch.Board.UnlessFailedAsync(
            _supervisor.Ask<NetworkActors>(new AskNetworkActors(), System.Threading.Timeout.InfiniteTimeSpan));
    }

    /// <inheritdoc/>
    public Task FreezeAsync(bool frozen) => _supervisor.Ask<FreezeAll>(new FreezeAll(frozen), AnswerTimeout);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SliceCounters>> CountersAsync(bool frozen) =>
        (await _supervisor.Ask<RunCounters>(new AskRunCounters(frozen), AnswerTimeout)).Present;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SliceCounters>> EndedAsync() =>
        (await _supervisor.Ask<RunCounters>(new AskRunCounters(false), AnswerTimeout)).Ended;

    /// <inheritdoc/>
    public async Task<byte[]> StateOfAsync(int slice)
    {
        using var timeout = new CancellationTokenSource(AnswerTimeout);
        while (true)
        {
            IActorRef manager = await _supervisor.Ask<IActorRef>(new AskSliceManager(slice), AnswerTimeout);
            try
            {
                if (!manager.IsNobody())
                    return await StateFromAsync(manager, slice);
                await Task.Delay(PollInterval, timeout.Token);
            }
            catch (AskTimeoutException) when (!timeout.IsCancellationRequested)
            {
                // Its node may have been lost meanwhile; it starts elsewhere.
            }
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<NodeMemory>> MemoryAsync() =>
        [.. (await Workers.SayAsync(_node!)).Select(one => new NodeMemory(one.Name, one.Hello.PeakBytes))];

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Item(1, ref _run);
        state.Item(2, ref _token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _disposing = true;
        // A coordinator that was removed would get no answer.
        if (!_supervisor.IsNobody() && _node?.Gone.IsCompleted != true)
            await EndAsync();
        // The nodes first: they leave in order while there is a supervisor to notify.
        await _local.DisposeAsync();
        if (_node is not null)
            await _node.DisposeAsync();
    }

    /// <summary>A coordinator that the others have removed receives nothing any more: its run can only be resumed.</summary>
    private async Task FailWhenRemovedAsync(Node node, ProgressPublisher board)
    {
        await node.Gone;
        if (!_disposing)
            board.Fail(new NodeException("the nodes have removed this coordinator from the cluster, since they received nothing from it; "
                + "nudge run --resume goes on from what was saved"));
    }

    private async Task EndAsync()
    {
        try
        {
            await _supervisor.Ask<EndRun>(new EndRun(), EndWithin);
        }
        catch (AskTimeoutException)
        {
            // A node that has stopped without a message does not keep the others from ending.
        }
    }

    private async Task<byte[]> StateFromAsync(IActorRef manager, int slice)
    {
        byte[] state = [];
        int offset = 0;
        do
        {
            StatePart part = await manager.Ask<StatePart>(new AskStatePart(slice, offset, _partBytes), StateWithin);
            if (offset == 0)
                state = new byte[part.Total];
            if (part.Bytes.Length == 0 || offset + part.Bytes.Length > state.Length)
                throw new NodeException($"a node sent a part of a state that does not fit: slice {slice}");
            part.Bytes.CopyTo(state.AsMemory(offset));
            offset += part.Bytes.Length;
        }
        while (offset < state.Length);
        return state;
    }

    private void ThrowIfTooSmall(NetworkLaunch launch, int frame) =>
        FrameSize.ThrowIfTooSmall(launch.Network, Encoding.UTF8.GetByteCount(options.Experiment), frame);

    /// <summary>What can be refused without any node is refused before one is started.</summary>
    private void ThrowIfRefusable(NetworkLaunch launch)
    {
        ThrowIfTooSmall(launch, options.Node.FrameBytes);
        if (options.LocalNode is not null)
            options.Placement.Place(launch.Network, options.Nodes);
    }
}
