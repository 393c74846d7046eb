using Nudge.Actors;
using Nudge.Networks;

namespace Nudge.Recording;

/// <summary>The memory that the processes of a run took, and what it comes to for each synapse.</summary>
/// <param name="Nodes">The processes that hosted slices.</param>
/// <param name="Synapses">Weights that they stored; the two directions of a bidirectional projection have one each.</param>
/// <param name="BytesPerSynapse">Peaks of all processes together, for each of these weights.</param>
public sealed record MemorySummary(IReadOnlyList<NodeMemory> Nodes, long Synapses, double BytesPerSynapse)
{
    internal static MemorySummary Of(NetworkPlan network, IReadOnlyList<NodeMemory> nodes)
    {
        long synapses = network.Synapses;
        double perSynapse = synapses == 0 ? 0 : (double)nodes.Sum(node => node.PeakBytes) / synapses;
        return new(nodes, synapses, Math.Round(perSynapse, 3));
    }
}
