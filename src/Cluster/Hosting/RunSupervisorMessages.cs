using Akka.Actor;
using Nudge.Actors;
using Nudge.Placement;

namespace Nudge.Hosting;

/// <summary>What a supervisor needs to know of its run.</summary>
/// <param name="Run">Names the run, also in the store.</param>
/// <param name="Experiment">The experiment file, defaults filled in.</param>
/// <param name="Classes">Classes of the examples.</param>
/// <param name="Workers">The nodes of the plan, by number.</param>
/// <param name="Plan">Which slice goes to which of them first.</param>
/// <param name="KeepsSlices">Whether nodes have a store, so that slices can start again elsewhere.</param>
/// <param name="TokenBefore">What the coordinator has drawn that this one goes on from, or 0.</param>
/// <param name="Token">Drawn by the coordinator.</param>
internal sealed record RunSupervisorPart(
    string Run, string Experiment, int Classes, IReadOnlyList<Address> Workers, PlacementPlan Plan, bool KeepsSlices, long TokenBefore, long Token)
{
    /// <summary>Bytes of a state that one message may have.</summary>
    internal int PartBytes { get; init; }
}

/// <summary>Within the coordinator's node: stop coordinator and slices, or release them; answered by itself.</summary>
internal sealed record FreezeAll(bool Frozen);

/// <summary>Within the coordinator's node: the counters of all slices; answered by <see cref="RunCounters"/>.</summary>
/// <param name="Fresh">Whether to ask the slices; else what they last reported.</param>
internal sealed record AskRunCounters(bool Fresh);

/// <summary>The counters of a run.</summary>
/// <param name="Present">Present incarnations.</param>
/// <param name="Ended">Incarnations that have ended.</param>
internal sealed record RunCounters(IReadOnlyList<SliceCounters> Present, IReadOnlyList<SliceCounters> Ended);

/// <summary>Within the coordinator's node: the run is over, all slices end in order; answered by itself.</summary>
internal sealed record EndRun;

/// <summary>Within the coordinator's node: which actor keeps a slice; answered by it, or by none.</summary>
internal sealed record AskSliceManager(int Slice);
