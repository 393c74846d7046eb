using System.Diagnostics;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.State;
using Nudge.Topology;
using Nudge.Training;
using Nudge.VirtualTime;

namespace Nudge.Running;

/// <summary>A run in virtual time.</summary>
/// <param name="network">The network.</param>
/// <param name="schedule">Decides what is shown.</param>
/// <param name="loops">How many threads run the slices; one is the caller's.</param>
public sealed class VirtualRun(NetworkPlan network, TrainingSchedule schedule, int loops = 1) : IEngineRun
{
    private const int UnitsTag = 64;

    private readonly VirtualEngine _engine = new(network, schedule, loops: loops);
    private UnitSamples[]? _units;

    /// <inheritdoc/>
    public string Engine => "virtual";

    /// <inheritdoc/>
    public RunState State => new(
        schedule.Presentations,
        schedule.Phases,
        schedule.RunningAccuracy,
        _engine.Now,
        _engine.Events,
        schedule.B,
        schedule.Evaluations)
    {
        Evaluating = _engine.Evaluating,
    };

    /// <inheritdoc/>
    public ulong? EventHash => _engine.EventHash;

    /// <inheritdoc/>
    public long Faults => 0;

    /// <inheritdoc/>
    public IReadOnlyList<PopulationUnits> Units => _units is null ? [] : PopulationUnits.Of(Learning.Zip(_units));

    private UnitSamples[] Samples => _units ??= [.. _engine.Slices.Where(HasSynapses).Select(slice => new UnitSamples(slice))];

    private IEnumerable<SlicePlan> Learning => _engine.Slices.Where(HasSynapses).Select(slice => slice.Plan);

    /// <inheritdoc/>
    public void SampleUnits() => Array.ForEach(Samples, slice => slice.Take());

    /// <inheritdoc/>
    public Task<bool> RunAsync(long untilPresentations, TimeSpan atMost, CancellationToken cancellation)
    {
        long begun = Stopwatch.GetTimestamp();
        long before = schedule.Presentations;
        int evaluations = schedule.Evaluations.Count;
        while (_engine.RunPhase(cancellation))
        {
            bool reached = before < untilPresentations && schedule.Presentations >= untilPresentations;
            bool evaluated = schedule.Evaluations.Count > evaluations;
            if (reached || evaluated || cancellation.IsCancellationRequested || Stopwatch.GetElapsedTime(begun) >= atMost)
                return Task.FromResult(true);
        }

        return Task.FromResult(false);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerEntry>> LedgerAsync() => Task.FromResult(_engine.Ledger());

    /// <inheritdoc/>
    public Task<RunMeasures> MeasuresAsync() => Task.FromResult(new RunMeasures(
        LearnedByPopulation.Sum(_engine.Slices.Select(slice => (slice.Plan, slice.Learned))),
        network.Model.Energy(network, _engine.Slices.Select(slice => slice.Energy)),
        _engine.PhaseLag,
        StalenessTally.Sum(_engine.Slices.Select(slice => slice.Staleness))));

    /// <inheritdoc/>
    public Task<NetworkWeights> WeightsAsync() => Task.FromResult(NetworkWeights.Of(network, _engine.Slices));

    /// <inheritdoc/>
    public Task SaveAsync(StateSection state)
    {
        _engine.Describe(state);
        state.List(UnitsTag, "units", Samples);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Restore(StateSection state)
    {
        _engine.Describe(state);
        if (state.Has(UnitsTag))
            state.List(UnitsTag, "units", Samples);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static bool HasSynapses(PopulationSlice slice) => !slice.Synapses.IsEmpty;
}
