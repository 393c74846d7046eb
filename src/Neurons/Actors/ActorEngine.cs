using System.Diagnostics;
using Akka.Actor;
using Nudge.Interventions;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.State;
using Nudge.Topology;
using Nudge.Training;

namespace Nudge.Actors;

/// <summary>
/// Engine 2: the same slices, rules and links behind Akka.NET actors, as fast as they go. There is no global clock and
/// no barrier; the order of events is the machine's, so two runs differ as two experiments do.
/// </summary>
public sealed class ActorEngine : IAsyncDisposable
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private readonly NetworkPlan _network;
    private readonly TrainingSchedule _schedule;
    private readonly ActorEngineSettings _settings;
    private readonly Lazy<SliceHost[]> _hosts;
    private readonly IHosting _hosting;
    private readonly ProgressPublisher _progressPublisher = new();
    private NetworkActors? _actors;
    private bool _frozen;

    /// <summary>Makes an engine before its first phase; nothing runs until <see cref="StartAsync"/>.</summary>
    /// <param name="network">The network.</param>
    /// <param name="schedule">Decides what is shown.</param>
    /// <param name="settings">Pace of the actors.</param>
    public ActorEngine(NetworkPlan network, TrainingSchedule schedule, ActorEngineSettings settings)
        : this(network, schedule, settings, new LocalHosting())
    {
    }

    internal ActorEngine(NetworkPlan network, TrainingSchedule schedule, ActorEngineSettings settings, IHosting hosting)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(settings);
        _network = network;
        _schedule = schedule;
        _settings = settings;
        _hosting = hosting;
        Interventions = new(network);
        // On another hosting the slices are elsewhere, and these are never made.
        _hosts = new(() => [.. network.Slices.Select(slice => new SliceHost(network, slice, settings.Lag))]);
        _progressPublisher.Publish(schedule, over: false);
    }

    /// <summary>Where the run stands.</summary>
    public ActorProgress Progress => _progressPublisher.Progress;

    /// <summary>
    /// What is changed while it runs, at first partition windows alone; to be set before <see cref="StartAsync"/>.
    /// </summary>
    public PendingInterventions? Interventions { get; set; }

    /// <summary>What was last seen of each slice, after <see cref="AskViews"/>.</summary>
    public IReadOnlyList<SliceView> Views => _progressPublisher.Views;

    /// <summary>The coordinator's last phases, the oldest first, in its own time.</summary>
    public IReadOnlyList<PhaseVisit> Visits => _progressPublisher.Visits;

    /// <summary>The node that hosts each slice, by its number; empty where all are in this process.</summary>
    public IReadOnlyList<string> NodesOfSlices
    {
        get
        {
            if (_actors is null || _actors.Slices.All(slice => slice.Path.Address.Host is null))
                return [];
            string[] nodes = [.. _actors.Slices.Select(slice => $"{slice.Path.Address.Host}:{slice.Path.Address.Port}")];
            foreach (SliceMove move in Moves)
            {
                foreach (SlicePlan slice in _network.Slices.Where(slice => slice.Name == move.Slice))
                    nodes[slice.Index] = move.To;
            }

            return nodes;
        }
    }

    /// <summary>Asks all slices for views; they come when they come.</summary>
    public void AskViews() => _actors?.Coordinator.Tell(AskView.Instance);

    /// <summary>Actors that failed and were restarted.</summary>
    public long Faults => _progressPublisher.Faults;

    /// <summary>Slices that started again elsewhere, the earliest first.</summary>
    public IReadOnlyList<SliceMove> Moves => _progressPublisher.Moves;

    /// <summary>What happened to the cluster, in one line each for the user of the run, the earliest first.</summary>
    public IReadOnlyList<string> Notices => _progressPublisher.Notices;

    /// <summary>Ends when the run is over, or with what made it fail.</summary>
    public Task Over => _progressPublisher.Over;

    /// <summary>Whether the actors have been started.</summary>
    public bool IsStarted => _actors is not null;

    /// <summary>Ends once so many stimuli have been shown, or when the run is over.</summary>
    public Task WhenShownAsync(long presentations) => _progressPublisher.WhenShownAsync(presentations);

    /// <summary>Starts the actors and the first phase.</summary>
    public async Task StartAsync()
    {
        _actors = await _hosting.OpenAsync(new(_network, _schedule, _settings, _hosts, _progressPublisher)
        {
            Interventions = Interventions,
        });
        _actors.Coordinator.Tell(new Begin(_actors.Slices));
    }

    /// <summary>Stops all steps and sends, so that the counters can be closed and states are of one moment.</summary>
    public Task FreezeAsync() => FreezeAsync(true);

    /// <summary>Lets everything go on.</summary>
    public Task ThawAsync() => FreezeAsync(false);

    /// <summary>What the present incarnation of every slice counted; the links balance only while frozen.</summary>
    public async Task<IReadOnlyList<SliceCounters>> CountersAsync() => _actors is null
        ? [.. _hosts.Value.Select(host => host.Counters())]
        : await _progressPublisher.UnlessFailedAsync(_hosting.CountersAsync(_frozen));

    /// <summary>Messages that the coordinator sent on each channel.</summary>
    private async Task<IReadOnlyList<long>> ControlSentAsync() => _actors is null
        ? new long[ControlPlan.Of(_network).Count]
        : await _actors.Coordinator.Ask<IReadOnlyList<long>>(new AskControl(), AnswerTimeout);

    /// <summary>The counters of all links, activity first, then control; while the actors run, they need not balance.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> LedgerNowAsync() =>
        ActorLedger.Close(_network, await CountersAsync(), await ControlSentAsync());

    /// <summary>The counters of all links, activity first, then control. Freeze first.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> LedgerAsync()
    {
        IReadOnlyList<long> sent = await ControlSentAsync();
        long begun = Stopwatch.GetTimestamp();
        while (true)
        {
            IReadOnlyList<SliceCounters> counters = await CountersAsync();
            IReadOnlyList<SliceCounters> ended = _actors is null ? [] : await _hosting.EndedAsync();
            List<LedgerEntry> ledger = ActorLedger.Close(_network, [.. counters, .. ended], sent);
            // Nothing is sent any more, but what was may still be on its way between machines.
            if (ledger.All(entry => entry.Unaccounted == 0) || Stopwatch.GetElapsedTime(begun) >= _hosting.Transit)
                return ledger;
            await Task.Delay(PollInterval);
        }
    }

    /// <summary>Copies of all slices as they are. Freeze first.</summary>
    public async Task<IReadOnlyList<PopulationSlice>> CopySlicesAsync()
    {
        var copies = new List<PopulationSlice>();
        foreach (SlicePlan plan in _network.Slices)
            copies.Add(await CopySliceAsync(plan));
        return copies;
    }

    /// <summary>A copy of one slice as it is.</summary>
    public async Task<PopulationSlice> CopySliceAsync(SlicePlan plan)
    {
        PopulationSlice copy = _network.CreateSlice(plan);
        StateBytes.Restore(await StateOf(plan), PopulationSlice.StateSubject, copy);
        return copy;
    }

    /// <summary>The name under which a store keeps the slices, once they are started; null where none does.</summary>
    public string? StoredAs => _hosting.StoredAs;

    /// <summary>The memory of the processes that host the slices.</summary>
    public Task<IReadOnlyList<NodeMemory>> MemoryAsync() => _actors is null
        ? Task.FromResult<IReadOnlyList<NodeMemory>>([NodeMemory.OfThisProcess()])
        : _hosting.MemoryAsync();

    /// <summary>
    /// Saves schedule and slices. Freeze first. Messages under way are not kept: a resumed run lacks them.
    /// </summary>
    /// <param name="state">The section of the engine.</param>
    public async Task SaveAsync(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        byte[] schedule = _actors is null
            ? StateBytes.Of(TrainingSchedule.StateSubject, _schedule)
            : await _actors.Coordinator.Ask<byte[]>(new AskState(), AnswerTimeout);
        state.SaveEncoded(1, "schedule", schedule);
        state.Section(2, "hosting", _hosting);
        if (_hosting.KeepsStates)
        {
            SaveInterventions(state);
            return;
        }

        await state.SaveSectionAsync(3, "slices", async slices =>
        {
            foreach (SlicePlan plan in _network.Slices)
                slices.SaveEncoded(plan.Index + 1, plan.Name, await StateOf(plan));
        });
        SaveInterventions(state);
    }

    /// <summary>Continues from a state, under a new run epoch; call before <see cref="StartAsync"/>.</summary>
    /// <param name="state">The section of the engine.</param>
    public void Restore(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Section(1, "schedule", _schedule);
        _schedule.Resume();
        _progressPublisher.Publish(_schedule, over: false);
        state.Section(2, "hosting", _hosting);
        if (!_hosting.KeepsStates)
            RestoreSlices(state);
        if (state.Has(4))
            Interventions?.Restore(AppliedIntervention.Describe(state, 4, []));
    }

    private void SaveInterventions(StateSection state) =>
        AppliedIntervention.Describe(state, 4, Interventions?.Applied ?? []);

    private void RestoreSlices(StateSection state) =>
        state.Section(3, "slices", slices =>
        {
            foreach (SliceHost host in _hosts.Value)
            {
                slices.Section(host.Slice.Plan.Index + 1, host.Slice.Plan.Name, host.Slice);
                host.Slice.BeginIncarnation(host.Slice.Incarnation + 1);
                host.BeginToCount();
            }
        });

    /// <summary>The actor of one slice.</summary>
    public IActorRef ActorOf(SlicePlan slice)
    {
        ArgumentNullException.ThrowIfNull(slice);
        return _actors?.Slices[slice.Index] ?? throw new InvalidOperationException("The engine has not been started.");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _hosting.DisposeAsync();

    private async Task FreezeAsync(bool frozen)
    {
        if (_actors is null || frozen == _frozen)
            return;
        _frozen = frozen;
        await _progressPublisher.UnlessFailedAsync(_hosting.FreezeAsync(frozen));
    }

    private Task<byte[]> StateOf(SlicePlan plan) => _actors is null
        ? Task.FromResult(StateBytes.Of(PopulationSlice.StateSubject, _hosts.Value[plan.Index].Slice))
        : _progressPublisher.UnlessFailedAsync(_hosting.StateOfAsync(plan.Index));
}
