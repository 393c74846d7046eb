using Akka.Actor;
using Nudge.Networks;
using Nudge.Topology;

namespace Nudge.Actors;

/// <summary>Gives a slice's actor the actors that it sends to; sent once, before anything else.</summary>
/// <param name="Targets">Slices that receive its activity, each once.</param>
/// <param name="Paced">Sources that receive none of its activity, and are sent its time instead.</param>
/// <param name="Coordinator">Receives the output, rests and acknowledgements.</param>
public sealed record Neighbours(
    IReadOnlyList<IActorRef> Targets, IReadOnlyList<IActorRef> Paced, IActorRef Coordinator)
{
    private readonly Dictionary<int, IActorRef> _bySlice = [];

    /// <summary>The actor of a neighbour, or null.</summary>
    /// <param name="slice">Index of the slice.</param>
    internal IActorRef? Of(int slice) => _bySlice.GetValueOrDefault(slice);

    internal static Neighbours Of(
        NetworkPlan network, SlicePlan slice, IReadOnlyList<IActorRef> slices, IActorRef coordinator)
    {
        int[] targets = TargetsOf(network, slice);
        int[] paced = PacedOf(network, slice);
        var neighbours = new Neighbours(
            [.. targets.Select(index => slices[index])], [.. paced.Select(index => slices[index])], coordinator);
        foreach (int index in targets.Concat(paced))
            neighbours._bySlice[index] = slices[index];
        return neighbours;
    }

    internal static int[] PacedOf(NetworkPlan network, SlicePlan slice) =>
    [
        .. network.LinksTo(slice).Select(link => link.Source.Index).Distinct()
            .Except(TargetsOf(network, slice)),
    ];

    internal static int[] TargetsOf(NetworkPlan network, SlicePlan slice) =>
        [.. network.LinksFrom(slice).Select(link => link.Target.Index).Distinct()];
}
