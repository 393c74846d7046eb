using Nudge.Actors;
using Nudge.Links;
using Nudge.Populations;
using Nudge.State;
using Nudge.Topology;
using Nudge.Training;

namespace Nudge.Running;

/// <summary>How far a run is.</summary>
/// <param name="Presentations">Stimuli shown so far.</param>
/// <param name="Phases">Phases begun so far.</param>
/// <param name="RunningAccuracy">Share of correct answers of late, or not-a-number.</param>
/// <param name="SimulatedTau">Time that has passed for the network, in τ.</param>
/// <param name="Events">Events so far: those of virtual time, or messages handled by actors.</param>
/// <param name="B">The b that the present phase was drawn with: the probability of a positive phase.</param>
/// <param name="Evaluations">Evaluations so far.</param>
public sealed record RunState(
    long Presentations,
    long Phases,
    double RunningAccuracy,
    double SimulatedTau,
    long Events,
    double B,
    IReadOnlyList<Evaluation> Evaluations)
{
    /// <summary>The evaluation that is under way, or null.</summary>
    public EvaluationProgress? Evaluating { get; init; }
}

/// <summary>What is recorded of any run, up to now.</summary>
/// <param name="Learned">What each population learned, by name.</param>
/// <param name="Energy">The network's energy as its slices see it (theory §4).</param>
/// <param name="PhaseLag">Share of steps made in a phase that the coordinator had left; null where unknown.</param>
/// <param name="Staleness">How old the activity was that was learned from.</param>
public sealed record RunMeasures(
    IReadOnlyDictionary<string, LearningTally> Learned, double Energy, double? PhaseLag, StalenessTally Staleness);

/// <summary>One run on one engine.</summary>
public interface IEngineRun : IAsyncDisposable
{
    /// <summary>Name of the engine, as in <c>--engine</c>.</summary>
    string Engine { get; }

    /// <summary>How far the run is.</summary>
    RunState State { get; }

    /// <summary>Hash of all events, or null where events have no order of their own.</summary>
    ulong? EventHash { get; }

    /// <summary>Actors that failed and were restarted.</summary>
    long Faults { get; }

    /// <summary>Slices that started again on other nodes, the earliest first.</summary>
    IReadOnlyList<SliceMove> Moves => [];

    /// <summary>The node that hosts each slice, by its number; empty where all are in this process.</summary>
    IReadOnlyList<string> NodesOfSlices => [];

    /// <summary>The name under which the store of nodes keeps the slices; null where none does.</summary>
    string? StoredAs => null;

    /// <summary>What happened to the cluster besides, in one line each for people, the earliest first.</summary>
    IReadOnlyList<string> Notices => [];

    /// <summary>Whether weights are so near that a sample may look at them; elsewhere the run would stop for each look.</summary>
    bool WeightsAreNear => true;

    /// <summary>Whether there is a state of one moment to save; not where a start was given up.</summary>
    bool CanSave => true;

    /// <summary>Dead and saturated units as they were last sampled; none where the engine cannot tell.</summary>
    IReadOnlyList<PopulationUnits> Units => [];

    /// <summary>
    /// A view for observers, from any thread: taken at the end of a phase, so it may take as long as one; it never ends once the
    /// run is over.
    /// </summary>
    Task<NetworkView> ViewAsync();

    /// <summary>The weights of one unit, taken as a view is.</summary>
    Task<IReadOnlyList<UnitWeights>> WeightsOfAsync(SlicePlan slice, int unit);

    /// <summary>Answers observers where the run does not go on by itself any more.</summary>
    Task AnswerObserversAsync();

    /// <summary>From now on the run waits where this control asks it to.</summary>
    void Follow(RunControl control);

    /// <summary>Samples the units; called at the intervals at which a run is recorded.</summary>
    void SampleUnits()
    {
    }

    /// <summary>Goes on until so many presentations are done, or for a while.</summary>
    /// <param name="untilPresentations">Stops at the first phase boundary at which so many are done.</param>
    /// <param name="atMost">Stops at a phase boundary after so much wall time; virtual time also after an evaluation.</param>
    /// <param name="cancellation">Stops at once, also within a phase; the state can be saved there too.</param>
    /// <returns>False when the run is over.</returns>
    Task<bool> RunAsync(long untilPresentations, TimeSpan atMost, CancellationToken cancellation);

    /// <summary>Counters of all links.</summary>
    Task<IReadOnlyList<LedgerEntry>> LedgerAsync();

    /// <summary>Counters of all links without a stop of the run: where slices run on, they are not of one moment.</summary>
    Task<IReadOnlyList<LedgerEntry>> LedgerNowAsync() => LedgerAsync();

    /// <summary>What is recorded of the run.</summary>
    Task<RunMeasures> MeasuresAsync();

    /// <summary>All weights as they are.</summary>
    Task<NetworkWeights> WeightsAsync();

    /// <summary>The memory of the processes that host the slices.</summary>
    Task<IReadOnlyList<NodeMemory>> MemoryAsync() => Task.FromResult<IReadOnlyList<NodeMemory>>([NodeMemory.OfThisProcess()]);

    /// <summary>Saves the state, so that a run can go on from it.</summary>
    /// <param name="state">The section of the engine.</param>
    Task SaveAsync(StateSection state);

    /// <summary>Goes on from a state.</summary>
    /// <param name="state">The section of the engine.</param>
    void Restore(StateSection state);
}

/// <summary>Sums what slices learned to what their populations learned; an input that only holds its stimulus is left out.</summary>
internal static class LearnedByPopulation
{
    internal static IReadOnlyDictionary<string, LearningTally> Sum(IEnumerable<(SlicePlan Plan, LearningTally Learned)> slices)
    {
        var learned = new Dictionary<string, LearningTally>();
        foreach ((SlicePlan plan, LearningTally tally) in slices)
        {
            if (plan.Population.Role != PopulationRole.Input || tally != default)
                learned[plan.Population.Name] = learned.GetValueOrDefault(plan.Population.Name) + tally;
        }

        return learned;
    }
}
