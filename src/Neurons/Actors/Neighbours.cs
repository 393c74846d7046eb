using Akka.Actor;
using Nudge.Networks;
using Nudge.Topology;

namespace Nudge.Actors;

/// <summary>Gives a slice's actor the actors that it sends to; sent once, before anything else.</summary>
/// <param name="Targets">Slices that receive its activity, each once.</param>
/// <param name="Paced">Sources that receive none of its activity and are informed when it has stepped.</param>
/// <param name="Coordinator">Receives the output, rests and acknowledgements.</param>
public sealed record Neighbours(
    IReadOnlyList<IActorRef> Targets, IReadOnlyList<IActorRef> Paced, IActorRef Coordinator)
{
    internal static Neighbours Of(
        NetworkPlan network, SlicePlan slice, IReadOnlyList<IActorRef> slices, IActorRef coordinator)
    {
        int[] targetSlices = TargetsOf(network, slice);
        int[] sources = [.. network.Links.Where(link => link.Target == slice).Select(link => link.Source.Index).Distinct()];
        return new(
            [.. targetSlices.Select(index => slices[index])],
            [.. sources.Except(targetSlices).Select(index => slices[index])],
            coordinator);
    }

    internal static int[] TargetsOf(NetworkPlan network, SlicePlan slice) =>
        [.. network.Links.Where(link => link.Source == slice).Select(link => link.Target.Index).Distinct()];
}
