using System.Diagnostics;
using Nudge.Actors;
using Nudge.Interventions;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.State;
using Nudge.Topology;
using Nudge.Training;
using Nudge.Virtual;
using Nudge.VirtualTime;

namespace Nudge.Running;

/// <summary>A run in virtual time, in this process or on nodes.</summary>
public sealed class VirtualRun : IEngineRun
{
    private const int UnitsTag = 64;

    private readonly NetworkPlan _network;
    private readonly TrainingSchedule _schedule;
    private readonly VirtualEngine _engine;
    private readonly VirtualCluster? _nodes;
    private readonly PhaseEndRequests _requests = new();
    private UnitSamples[]? _units;
    private RunControl? _control;

    /// <summary>A run in this process.</summary>
    /// <param name="network">The network.</param>
    /// <param name="schedule">Decides what is shown.</param>
    /// <param name="interventions">What is changed while it runs; null for partition windows alone.</param>
    /// <param name="loops">How many threads run the slices; one is the caller's.</param>
    public VirtualRun(NetworkPlan network, TrainingSchedule schedule, PendingInterventions? interventions = null, int loops = 1)
        : this(network, schedule, new VirtualEngine(network, schedule, loops: loops), interventions, null)
    {
    }

    /// <summary>A run whose slices are on nodes, to the same bits.</summary>
    /// <param name="network">The network.</param>
    /// <param name="schedule">Decides what is shown.</param>
    /// <param name="interventions">What is changed while it runs.</param>
    /// <param name="nodes">The nodes; they end with the run.</param>
    public VirtualRun(
        NetworkPlan network, TrainingSchedule schedule, PendingInterventions interventions, VirtualCluster nodes)
        : this(network, schedule, (nodes ?? throw new ArgumentNullException(nameof(nodes))).Engine, interventions, nodes)
    {
    }

    private VirtualRun(
        NetworkPlan network,
        TrainingSchedule schedule,
        VirtualEngine engine,
        PendingInterventions? interventions,
        VirtualCluster? nodes)
    {
        (_network, _schedule, _engine, _nodes) = (network, schedule, engine, nodes);
        if (interventions is not null)
            engine.Interventions = interventions;
    }

    /// <inheritdoc/>
    public string Engine => "virtual";

    /// <inheritdoc/>
    public IReadOnlyList<string> NodesOfSlices => _nodes?.NodesOfSlices ?? [];

    /// <inheritdoc/>
    public RunState State => new(
        _schedule.Presentations,
        _schedule.Phases,
        _schedule.RunningAccuracy,
        _engine.Now,
        _engine.Events,
        _schedule.B,
        _schedule.Evaluations)
    {
        Evaluating = _engine.Evaluating,
    };

    /// <inheritdoc/>
    public ulong? EventHash => _engine.EventHash;

    /// <inheritdoc/>
    public long Faults => 0;

    /// <inheritdoc/>
    public bool CanSave { get; private set; } = true;

    /// <inheritdoc/>
    public IReadOnlyList<PopulationUnits> Units => _units is null ? [] : PopulationUnits.Of(Learning.Zip(_units));

    private UnitSamples[] Samples => _units ??= [.. _engine.Slices.Where(HasSynapses).Select(slice => new UnitSamples(slice))];

    private IEnumerable<SlicePlan> Learning => _engine.Slices.Where(HasSynapses).Select(slice => slice.Plan);

    /// <inheritdoc/>
    public Task<NetworkView> ViewAsync() => _requests.AskAsync(whole: false, View);

    /// <inheritdoc/>
    public Task<IReadOnlyList<UnitWeights>> WeightsOfAsync(SlicePlan slice, int unit) =>
        _requests.AskAsync(whole: true, () => UnitWeights.Of(_engine.Slices[slice.Index], unit));

    /// <inheritdoc/>
    public async Task AnswerObserversAsync()
    {
        if (!_requests.IsAny)
            return;
        await CollectAsync(_requests.IsWhole);
        _requests.Answer();
    }

    /// <inheritdoc/>
    public void Follow(RunControl control) => _control = control;

    /// <inheritdoc/>
    public void SampleUnits() => Array.ForEach(Samples, slice => slice.Take());

    /// <inheritdoc/>
    public async Task<bool> RunAsync(long untilPresentations, TimeSpan atMost, CancellationToken cancellation)
    {
        if (_nodes is { IsStarted: false })
            await StartAsync(_nodes, cancellation);
        long begun = Stopwatch.GetTimestamp();
        long before = _schedule.Presentations;
        int evaluations = _schedule.Evaluations.Count;
        while (true)
        {
            if (_requests.IsAny)
                await AnswerObserversAsync();
            if (_control is not null && _control.MustWait(_engine.Now, out Task wait))
            {
                await wait;
                if (cancellation.IsCancellationRequested || Stopwatch.GetElapsedTime(begun) >= atMost)
                    return true;
                continue;
            }

            if (!(_nodes is null ? _engine.RunPhase(cancellation) : await _nodes.RunPhaseAsync()))
                return false;
            bool reached = before < untilPresentations && _schedule.Presentations >= untilPresentations;
            bool evaluated = _schedule.Evaluations.Count > evaluations;
            if (reached || evaluated || cancellation.IsCancellationRequested || Stopwatch.GetElapsedTime(begun) >= atMost)
                return true;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LedgerEntry>> LedgerAsync()
    {
        await CollectAsync(whole: false);
        return _engine.Ledger();
    }

    /// <inheritdoc/>
    public async Task<RunMeasures> MeasuresAsync()
    {
        // Energy and the norm of updates are of the weights.
        await CollectAsync(whole: true);
        return new(
            LearnedByPopulation.Sum(_engine.Slices.Select(slice => (slice.Plan, slice.Learned))),
            _network.Model.Energy(_network, _engine.Slices.Select(slice => slice.Energy)),
            _engine.PhaseLag,
            StalenessTally.Sum(_engine.Slices.Select(slice => slice.Staleness)));
    }

    /// <inheritdoc/>
    public async Task<NetworkWeights> WeightsAsync()
    {
        await CollectAsync(whole: true);
        return NetworkWeights.Of(_network, _engine.Slices);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<NodeMemory>> MemoryAsync() =>
        _nodes?.MemoryAsync() ?? Task.FromResult<IReadOnlyList<NodeMemory>>([NodeMemory.OfThisProcess()]);

    /// <inheritdoc/>
    public async Task SaveAsync(StateSection state)
    {
        await CollectAsync(whole: true);
        _engine.Describe(state);
        state.List(UnitsTag, "units", Samples);
    }

    /// <inheritdoc/>
    public void Restore(StateSection state)
    {
        _engine.Describe(state);
        if (state.Has(UnitsTag))
            state.List(UnitsTag, "units", Samples);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _nodes?.DisposeAsync() ?? ValueTask.CompletedTask;

    private NetworkView View() => new(
        State,
        _engine.ShownLabel,
        _engine.Visits,
        [.. _engine.Slices.Select(SliceView.Of)],
        _engine.Ledger(),
        LearnedByPopulation.Sum(_engine.Slices.Select(slice => (slice.Plan, slice.Learned))),
        StalenessTally.Sum(_engine.Slices.Select(slice => slice.Staleness)),
        Units,
        _engine.Conditions);

    private async Task StartAsync(VirtualCluster nodes, CancellationToken cancellation)
    {
        try
        {
            await nodes.StartAsync().WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            CanSave = false;
            throw;
        }
    }

    private Task CollectAsync(bool whole) => _nodes is { IsStarted: true } ? _nodes.CollectAsync(whole) : Task.CompletedTask;

    private static bool HasSynapses(PopulationSlice slice) => !slice.Synapses.IsEmpty;
}
