using Akka.Actor;
using Nudge.Placement;

namespace Nudge.Hosting;

/// <summary>What a director needs to know of its run.</summary>
/// <param name="Run">Names the run, also in the store.</param>
/// <param name="Experiment">The experiment file, defaults filled in.</param>
/// <param name="Classes">Classes of the examples.</param>
/// <param name="Workers">The nodes of the plan, by number.</param>
/// <param name="Plan">Which slice goes to which of them first.</param>
/// <param name="KeepsSlices">Whether nodes have a store, so that slices can come to life again elsewhere.</param>
internal sealed record DirectorPart(
    string Run, string Experiment, int Classes, IReadOnlyList<Address> Workers, PlacementPlan Plan, bool KeepsSlices);
