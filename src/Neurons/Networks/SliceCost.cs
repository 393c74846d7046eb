using Nudge.Topology;

namespace Nudge.Networks;

/// <summary>What a slice costs whoever runs it: its units times what each of them receives, which is its synapses.</summary>
public static class SliceCost
{
    /// <summary>The cost, in synapses or, for an input, in units.</summary>
    public static long Of(NetworkPlan network, SlicePlan slice)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(slice);
        long afferents = network.Afferents(slice.Population).Sum(projection => (long)projection.Source.Size);
        // An input without synapses still costs what it sends.
        return slice.Count * Math.Max(1, afferents);
    }
}
