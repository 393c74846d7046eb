using System.Diagnostics;
using Akka.Actor;
using Akka.Configuration;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.State;
using Nudge.Topology;
using Nudge.Training;

namespace Nudge.Actors;

/// <summary>
/// Engine 2: the same slices, rules and links behind Akka.NET actors, as fast as all cores go. There is no global clock and
/// no barrier; the order of events is the machine's, so two runs differ as two experiments do.
/// </summary>
public sealed class ActorEngine : IAsyncDisposable
{
    internal const string DispatcherName = "nudge-slices";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);
    private readonly NetworkPlan _network;
    private readonly Conductor _conductor;
    private readonly ActorEngineSettings _settings;
    private readonly Lazy<SliceHost[]> _hosts;
    private readonly IStage _stage;
    private readonly ProgressBoard _board = new();
    private Roster? _roster;
    private bool _frozen;

    /// <summary>Makes an engine before its first phase; nothing runs until <see cref="StartAsync"/>.</summary>
    /// <param name="network">The network.</param>
    /// <param name="conductor">Decides what is shown.</param>
    /// <param name="settings">Pace of the actors.</param>
    public ActorEngine(NetworkPlan network, Conductor conductor, ActorEngineSettings settings)
        : this(network, conductor, settings, new LocalStage())
    {
    }

    internal ActorEngine(NetworkPlan network, Conductor conductor, ActorEngineSettings settings, IStage stage)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(conductor);
        ArgumentNullException.ThrowIfNull(settings);
        _network = network;
        _conductor = conductor;
        _settings = settings;
        _stage = stage;
        // On another stage the slices live elsewhere, and these are never made.
        _hosts = new(() => [.. network.Slices.Select(slice => new SliceHost(network, slice))]);
        _board.Publish(conductor, over: false);
    }

    /// <summary>Where the run stands.</summary>
    public ActorProgress Progress => _board.Progress;

    /// <summary>Actors that failed and were restarted.</summary>
    public long Faults => _board.Faults;

    /// <summary>Slices that came to life again elsewhere, the earliest first.</summary>
    public IReadOnlyList<SliceMove> Moves => _board.Moves;

    /// <summary>Ends when the run is over, or with what made it fail.</summary>
    public Task Over => _board.Over;

    /// <summary>Whether the actors have been started.</summary>
    public bool IsStarted => _roster is not null;

    /// <summary>The dispatcher of the slices, in Akka's own notation.</summary>
    internal static Config Dispatcher => ConfigurationFactory.ParseString($$"""
        {{DispatcherName}} {
            type = Dispatcher
            throughput = 1
        }
        """);

    /// <summary>Starts the actors and the first phase.</summary>
    public async Task StartAsync()
    {
        _roster = await _stage.OpenAsync(new(_network, _conductor, _settings, _hosts, _board));
        _roster.Coordinator.Tell(new Begin(_roster.Slices));
    }

    /// <summary>Stops all steps and sends, so that the books can be closed and states are of one moment.</summary>
    public Task FreezeAsync() => FreezeAsync(true);

    /// <summary>Lets everything go on.</summary>
    public Task ThawAsync() => FreezeAsync(false);

    /// <summary>What the present life of every slice counted; the links balance only while frozen.</summary>
    public async Task<IReadOnlyList<SliceBooks>> BooksAsync() => _roster is null
        ? [.. _hosts.Value.Select(host => host.Books())]
        : await _board.UnlessFailedAsync(_stage.BooksAsync(_frozen));

    /// <summary>The books of all links, activity first, then control. Freeze first.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> LedgerAsync()
    {
        IReadOnlyList<long> sent = _roster is null
            ? new long[ControlPlan.Of(_network).Count]
            : await _roster.Coordinator.Ask<IReadOnlyList<long>>(new AskControl(), Patience);
        long begun = Stopwatch.GetTimestamp();
        while (true)
        {
            IReadOnlyList<SliceBooks> books = await BooksAsync();
            IReadOnlyList<SliceBooks> ended = _roster is null ? [] : await _stage.EndedAsync();
            List<LedgerEntry> ledger = ActorLedger.Close(_network, [.. books, .. ended], sent);
            // Nothing is sent any more, but what was may still be on its way between machines.
            if (ledger.All(entry => entry.Unaccounted == 0) || Stopwatch.GetElapsedTime(begun) >= _stage.Transit)
                return ledger;
            await Task.Delay(Glance);
        }
    }

    /// <summary>Copies of all slices as they are. Freeze first.</summary>
    public async Task<IReadOnlyList<PopulationSlice>> CopySlicesAsync()
    {
        var copies = new List<PopulationSlice>();
        foreach (SlicePlan plan in _network.Slices)
        {
            PopulationSlice copy = _network.CreateSlice(plan);
            StateBytes.Restore(await StateOf(plan), PopulationSlice.StateSubject, copy);
            copies.Add(copy);
        }

        return copies;
    }

    /// <summary>The memory of the processes that host the slices.</summary>
    public Task<IReadOnlyList<NodeMemory>> MemoryAsync() => _roster is null
        ? Task.FromResult<IReadOnlyList<NodeMemory>>([NodeMemory.OfThisProcess()])
        : _stage.MemoryAsync();

    /// <summary>
    /// Saves conductor and slices. Freeze first. Messages under way are not kept: a resumed run lacks them.
    /// </summary>
    /// <param name="state">The section of the engine.</param>
    public async Task SaveAsync(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        byte[] conductor = _roster is null
            ? StateBytes.Of(Conductor.StateSubject, _conductor)
            : await _roster.Coordinator.Ask<byte[]>(new AskState(), Patience);
        state.SaveEncoded(1, "conductor", conductor);
        state.Section(2, "stage", _stage);
        if (_stage.KeepsStates)
            return;
        await state.SaveSectionAsync(3, "slices", async slices =>
        {
            foreach (SlicePlan plan in _network.Slices)
                slices.SaveEncoded(plan.Index + 1, plan.Name, await StateOf(plan));
        });
    }

    /// <summary>Goes on from a state, under a new run epoch; call before <see cref="StartAsync"/>.</summary>
    /// <param name="state">The section of the engine.</param>
    public void Restore(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Section(1, "conductor", _conductor);
        _conductor.Resume();
        _board.Publish(_conductor, over: false);
        state.Section(2, "stage", _stage);
        if (_stage.KeepsStates)
            return;
        state.Section(3, "slices", slices =>
        {
            foreach (SliceHost host in _hosts.Value)
            {
                slices.Section(host.Slice.Plan.Index + 1, host.Slice.Plan.Name, host.Slice);
                host.Slice.Reincarnate(host.Slice.Incarnation + 1);
                host.BeginToCount();
            }
        });
    }

    /// <summary>The actor of one slice.</summary>
    public IActorRef ActorOf(SlicePlan slice)
    {
        ArgumentNullException.ThrowIfNull(slice);
        return _roster?.Slices[slice.Index] ?? throw new InvalidOperationException("The engine has not been started.");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    private async Task FreezeAsync(bool frozen)
    {
        if (_roster is null || frozen == _frozen)
            return;
        _frozen = frozen;
        await _board.UnlessFailedAsync(_stage.FreezeAsync(frozen));
    }

    private Task<byte[]> StateOf(SlicePlan plan) => _roster is null
        ? Task.FromResult(StateBytes.Of(PopulationSlice.StateSubject, _hosts.Value[plan.Index].Slice))
        : _board.UnlessFailedAsync(_stage.StateOfAsync(plan.Index));
}
