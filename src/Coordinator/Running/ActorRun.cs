using System.Diagnostics;
using Nudge.Actors;
using Nudge.Interventions;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.State;
using Nudge.Topology;

namespace Nudge.Running;

/// <summary>A run on actors; the caller only looks on.</summary>
/// <param name="name">Name of the engine.</param>
/// <param name="network">The network.</param>
/// <param name="engine">The actors, wherever they live.</param>
public sealed class ActorRun(string name, NetworkPlan network, ActorEngine engine) : IEngineRun
{
    // Short enough for a pause to be felt at once, and for a speed limit to be even.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private readonly ActorEngine _engine = engine;
    private RunControl? _control;
    private long _steps;

    /// <inheritdoc/>
    public string Engine => name;

    /// <inheritdoc/>
    public RunState State
    {
        get
        {
            ActorProgress progress = _engine.Progress;
            return new(
                progress.Presentations,
                progress.Phases,
                progress.RunningAccuracy,
                progress.LocalTau,
                _steps,
                progress.B,
                progress.Evaluations)
            {
                Evaluating = progress.Evaluating,
            };
        }
    }

    /// <inheritdoc/>
    public ulong? EventHash => null;

    /// <inheritdoc/>
    public long Faults => _engine.Faults;

    /// <inheritdoc/>
    public IReadOnlyList<SliceMove> Moves => _engine.Moves;

    /// <inheritdoc/>
    public string? StoredAs => _engine.StoredAs;

    /// <inheritdoc/>
    public IReadOnlyList<string> NodesOfSlices => _engine.NodesOfSlices;

    /// <inheritdoc/>
    public IReadOnlyList<string> Notices => _engine.Notices;

    /// <inheritdoc/>
    public bool WeightsAreNear => name != EngineFactory.Cluster;

    /// <inheritdoc/>
    public bool CanSave { get; private set; } = true;

    /// <inheritdoc/>
    public async Task<bool> RunAsync(long untilPresentations, TimeSpan atMost, CancellationToken cancellation)
    {
        if (_engine.IsStarted)
            await _engine.ThawAsync();
        else
            await StartAsync(cancellation);
        if (_control is not null && !await WaitAsync(_control, atMost, cancellation))
            return !_engine.Over.IsCompleted;
        using var timeout = new CancellationTokenSource(_control is null || atMost < Look ? atMost : Look);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        long until = _engine.Progress.Presentations < untilPresentations ? untilPresentations : long.MaxValue;
        // Whether it was reached, the time is up or the run was cancelled: the state tells.
        await _engine.WhenShownAsync(until).WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_engine.Over.IsCompleted)
            await _engine.Over;
        if (cancellation.IsCancellationRequested || _engine.Over.IsCompleted)
            await _engine.FreezeAsync();
        return !_engine.Over.IsCompleted;
    }

    /// <inheritdoc/>
    public async Task<NetworkView> ViewAsync()
    {
        _engine.AskViews();
        IReadOnlyList<SliceCounters> counters = await _engine.CountersAsync();
        IReadOnlyList<PhaseVisit> phases = _engine.Visits;
        IReadOnlyList<SliceView> slices = _engine.Views;
        return new(
            State,
            _engine.Progress.Label,
            phases,
            slices,
            await _engine.LedgerNowAsync(),
            LearnedByPopulation.Sum(counters.Select(slice => (network.Slices[slice.Slice], slice.Learned))),
            StalenessTally.Sum(counters.Select(slice => slice.Staleness)),
            [],
            NetworkConditions.After(network, _engine.Interventions?.Applied ?? []))
        {
            Now = NowOf(phases, slices),
        };
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<UnitWeights>> WeightsOfAsync(SlicePlan slice, int unit) =>
        WeightsAreNear ? UnitWeights.Of(await _engine.CopySliceAsync(slice), unit) : [];

    /// <inheritdoc/>
    public Task AnswerObserversAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public void Follow(RunControl control) => _control = control;

    /// <summary>
    /// The coordinator has no clock that runs within a phase: since the present one began, as much time has passed as for the slice
    /// that has been in it longest.
    /// </summary>
    private static double NowOf(IReadOnlyList<PhaseVisit> phases, IReadOnlyList<SliceView> slices)
    {
        if (phases.Count == 0)
            return 0;
        PhaseVisit present = phases[^1];
        return present.From + slices
            .SelectMany(slice => slice.Visits.Where(visit => visit.Phase == present.Phase).Select(visit => slice.LocalTau - visit.From))
            .DefaultIfEmpty(0).Max();
    }

    /// <summary>Holds the actors while they are to wait; false where the time or the run ended meanwhile.</summary>
    private async Task<bool> WaitAsync(RunControl control, TimeSpan atMost, CancellationToken cancellation)
    {
        long begun = Stopwatch.GetTimestamp();
        bool held = false;
        while (control.MustWait(_engine.Progress.LocalTau, out Task until))
        {
            if (!held)
                await _engine.FreezeAsync();
            held = true;
            await until;
            if (cancellation.IsCancellationRequested || Stopwatch.GetElapsedTime(begun) >= atMost)
                return false;
        }

        if (held)
            await _engine.ThawAsync();
        return true;
    }

    private async Task StartAsync(CancellationToken cancellation)
    {
        try
        {
            await _engine.StartAsync().WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            CanSave = false;
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LedgerEntry>> LedgerAsync()
    {
        await _engine.FreezeAsync();
        return await _engine.LedgerAsync();
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerEntry>> LedgerNowAsync() => _engine.LedgerNowAsync();

    /// <inheritdoc/>
    public async Task<RunMeasures> MeasuresAsync()
    {
        IReadOnlyList<SliceCounters> counters = await _engine.CountersAsync();
        _steps = counters.Sum(slice => slice.Steps);
        return new(
            LearnedByPopulation.Sum(counters.Select(slice => (network.Slices[slice.Slice], slice.Learned))),
            network.Model.Energy(network, counters.Select(slice => slice.Energy)),
            null,
            StalenessTally.Sum(counters.Select(slice => slice.Staleness)));
    }

    /// <inheritdoc/>
    public async Task<NetworkWeights> WeightsAsync()
    {
        await _engine.FreezeAsync();
        return NetworkWeights.Of(network, await _engine.CopySlicesAsync());
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<NodeMemory>> MemoryAsync() => _engine.MemoryAsync();

    /// <inheritdoc/>
    public async Task SaveAsync(StateSection state)
    {
        await _engine.FreezeAsync();
        await _engine.SaveAsync(state);
    }

    /// <inheritdoc/>
    public void Restore(StateSection state) => _engine.Restore(state);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}
