using Nudge.Networks;
using Nudge.Topology;

namespace Nudge.Actors.Loops;

/// <summary>
/// Which loop of its process runs a slice. A message between slices of one loop costs a tenth of one that wakes another
/// thread, so a second loop pays only where the slices' own work outweighs their messages.
/// </summary>
internal sealed class LoopAssignment
{
    /// <summary>
    /// Work of a round that pays for one more loop, in multiplications: about 20 µs of one core, against the 5 µs that waking
    /// another thread takes at each end.
    /// </summary>
    internal const long WorkOfLoop = 200_000;

    private readonly long[] _load;
    private readonly Dictionary<int, int> _loopOf = [];

    /// <param name="loops">Loops of the process, at least one.</param>
    internal LoopAssignment(int loops) => _load = new long[loops];

    /// <summary>Loops that pay for slices of a process.</summary>
    /// <param name="network">The network.</param>
    /// <param name="slices">The slices of the process.</param>
    /// <param name="cores">Cores that it may use.</param>
    internal static int LoopsOf(NetworkPlan network, IReadOnlyList<SlicePlan> slices, int cores)
    {
        long work = slices.Sum(slice => SliceCost.Of(network, slice)) * network.Settings.Lanes;
        return (int)Math.Clamp(work / WorkOfLoop, 1, Math.Max(1, Math.Min(cores, slices.Count)));
    }

    /// <summary>Gives a slice to the loop that has least to do; one that it had before stays with its loop.</summary>
    internal int Assign(NetworkPlan network, SlicePlan slice)
    {
        if (_loopOf.TryGetValue(slice.Index, out int loop))
            return loop;
        loop = Array.IndexOf(_load, _load.Min());
        _loopOf[slice.Index] = loop;
        _load[loop] += SliceCost.Of(network, slice);
        return loop;
    }
}
