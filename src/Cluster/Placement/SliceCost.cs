using Nudge.Networks;
using Nudge.Topology;

namespace Nudge.Placement;

/// <summary>What a slice costs its node: its units times what each of them receives, which is its connections.</summary>
internal static class SliceCost
{
    internal static long Of(NetworkPlan network, SlicePlan slice)
    {
        long afferents = network.Afferents(slice.Population).Sum(
            projection => projection.Connectivity is { } table ? (long)Math.Ceiling(table.FanIn) : projection.Source.Size);
        // An input without synapses still costs what it sends.
        return slice.Count * Math.Max(1, afferents);
    }
}
