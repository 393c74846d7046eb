using System.Collections.Concurrent;
using Nudge.Interventions;
using Nudge.Links;
using Nudge.Populations;
using Nudge.Synapses;

namespace Nudge.Running;

/// <summary>What an observer sees of a whole network at one moment; taking it changes nothing.</summary>
/// <param name="State">How far the run is.</param>
/// <param name="Label">The class of the example that lane 0 is shown.</param>
/// <param name="Phases">The coordinator's last phases, the oldest first, in its own time.</param>
/// <param name="Slices">The slices, by number; those that did not answer are left out.</param>
/// <param name="Ledger">The counters of all links.</param>
/// <param name="Learned">What each population learned, by name.</param>
/// <param name="Staleness">How old the activity was that was learned from.</param>
/// <param name="Units">Dead and saturated units as they were last sampled.</param>
/// <param name="Conditions">The conditions that hold.</param>
public sealed record NetworkView(
    RunState State,
    int Label,
    IReadOnlyList<PhaseVisit> Phases,
    IReadOnlyList<SliceView> Slices,
    IReadOnlyList<LedgerEntry> Ledger,
    IReadOnlyDictionary<string, LearningTally> Learned,
    StalenessTally Staleness,
    IReadOnlyList<PopulationUnits> Units,
    NetworkConditions Conditions)
{
    /// <summary>The present moment in the coordinator's own time, in τ.</summary>
    public double Now { get; init; } = State.SimulatedTau;
}

/// <summary>Weights of one unit, through one projection.</summary>
/// <param name="Projection">Name of the direction.</param>
/// <param name="Weights">One for each source, or those of its window.</param>
public sealed record UnitWeights(string Projection, IReadOnlyList<float> Weights)
{
    /// <summary>The weights of a unit of a slice.</summary>
    internal static IReadOnlyList<UnitWeights> Of(PopulationSlice slice, int unit)
    {
        var all = new List<UnitWeights>();
        foreach (SynapseGroup synapses in slice.Synapses)
        {
            // Fixed weights, as those of pooling, are nothing to look at.
            if (synapses.WeightsOf(unit) is { Length: > 0 } row)
                all.Add(new(synapses.Projection.Name, row));
        }

        return all;
    }
}

/// <summary>
/// Where observers ask for something between two phases, at their own rate. While none asks, the engine looks once a phase whether
/// the queue is empty.
/// </summary>
internal sealed class PhaseEndRequests
{
    private readonly ConcurrentQueue<(bool Whole, Action Answer)> _asked = new();

    /// <summary>Whether an observer waits.</summary>
    internal bool IsAny => !_asked.IsEmpty;

    /// <summary>Whether an observer waits for something about weights.</summary>
    internal bool IsWhole => _asked.Any(one => one.Whole);

    /// <summary>Asks for something.</summary>
    /// <param name="whole">Whether it is about weights.</param>
    /// <param name="look">Looks at the network; nothing else does meanwhile.</param>
    internal Task<T> AskAsync<T>(bool whole, Func<T> look)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked.Enqueue((whole, () => Look(look, answer)));
        return answer.Task;
    }

    private static void Look<T>(Func<T> look, TaskCompletionSource<T> answer)
    {
        try
        {
            answer.SetResult(look());
        }
#pragma warning disable CA1031 // It runs on the engine's thread, and what an observer sees wrong must not end the run.
        catch (Exception error)
#pragma warning restore CA1031
        {
            answer.SetException(error);
        }
    }

    /// <summary>Answers those who wait.</summary>
    internal void Answer()
    {
        while (_asked.TryDequeue(out (bool Whole, Action Answer) one))
            one.Answer();
    }
}
