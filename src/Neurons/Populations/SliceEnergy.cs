using Nudge.Numerics;
using Nudge.Plasticity;
using Nudge.Synapses;

namespace Nudge.Populations;

/// <summary>The energy of theory §4 as its slices see it: each from its own units and what it last received.</summary>
internal static class SliceEnergy
{
    /// <summary>−ρ·(b + W·received), mean over lanes, with one half where both ends own a copy.</summary>
    internal static double OfCouplings(in LocalSignals here, ReadOnlySpan<SynapseGroup> afferents, int count)
    {
        int lanes = here.Phase.Importance.Length;
        double sum = 0;
        // Not the slices' own currents: to refresh those would change when, and so how, they are summed next.
        float[] current = new float[lanes * here.Stride];
        for (int lane = 0; lane < lanes; lane++)
            sum -= VectorKernels.Dot(Lane(here, lane, count), here.Bias.Values[..count]);
        foreach (SynapseGroup synapses in afferents)
        {
            bool within = synapses.Projection.IsWithin;
            ReadOnlySpan<float> received = within ? here.Activity[..count] : synapses.Received;
            synapses.Multiply(received, current);
            double share = within || synapses.Projection.Reverse >= 0 ? 0.5 : 1;
            for (int lane = 0; lane < lanes; lane++)
                sum -= share * VectorKernels.Dot(Lane(here, lane, count), current.AsSpan(lane * here.Stride, count));
        }

        return sum / lanes;
    }

    private static ReadOnlySpan<float> Lane(in LocalSignals here, int lane, int count) =>
        here.Activity.Slice(lane * here.Stride, count);
}
