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
/// <param name="KeepsSlices">Whether nodes have a store, so that slices can come to life again elsewhere.</param>
internal sealed record RunSupervisorPart(
    string Run, string Experiment, int Classes, IReadOnlyList<Address> Workers, PlacementPlan Plan, bool KeepsSlices);

/// <summary>Within the coordinator's node: stop coordinator and slices, or let them go; answered by the same message.</summary>
internal sealed record FreezeAll(bool Frozen);

/// <summary>Within the coordinator's node: the counters of all slices; answered by <see cref="RunCounters"/>.</summary>
/// <param name="Fresh">Whether to ask the slices; else what they last reported.</param>
internal sealed record AskRunCounters(bool Fresh);

/// <summary>The counters of a run.</summary>
/// <param name="Present">Present lives.</param>
/// <param name="Ended">Lives that have ended.</param>
internal sealed record RunCounters(IReadOnlyList<SliceCounters> Present, IReadOnlyList<SliceCounters> Ended);

/// <summary>Within the coordinator's node: the run is over, all lives end in order; answered by the same message.</summary>
internal sealed record EndRun;

/// <summary>Within the coordinator's node: who keeps a slice; answered by the actor, or nobody while it is not alive.</summary>
internal sealed record AskSliceManager(int Slice);
