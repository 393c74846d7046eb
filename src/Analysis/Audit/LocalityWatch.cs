using Nudge.Plasticity;
using Nudge.Synapses;

namespace Nudge.Audit;

/// <summary>Checks that a rule does not change what it may only read, and hides nothing in unused memory.</summary>
internal sealed class LocalityWatch
{
    private ulong _signals;
    private long[] _updates = [];

    internal void Before(in LocalSignals here)
    {
        _signals = HashOf(here);
        _updates = Updates(here);
    }

    /// <exception cref="LocalityException">The rule did more than learn.</exception>
    internal void After(in LocalSignals here, string rule)
    {
        if (HashOf(here) != _signals)
            throw new LocalityException(
                $"{rule} wrote to what it received, to its units' activity or to the phase's tag");
        long[] updates = Updates(here);
        for (int i = 0; i < updates.Length; i++)
        {
            if (updates[i] < _updates[i] || updates[i] > _updates[i] + 1)
                throw new LocalityException($"{rule} counted {updates[i] - _updates[i]} updates of one connection in one call");
        }
    }

    /// <exception cref="LocalityException">There are numbers where no unit is.</exception>
    internal static void CheckPadding(in LocalSignals here, int units, string rule)
    {
        ReadOnlySpan<float> biases = here.Bias.Values;
        int stride = biases.Length / here.Bias.PerUnit;
        bool hides = false;
        for (int first = 0; first < biases.Length; first += stride)
            hides |= HoldsNumber(biases[(first + units)..(first + stride)]);
        foreach (SynapseGroup synapses in here.Synapses.Groups)
            hides |= HoldsPadding(synapses);
        if (hides)
            throw new LocalityException($"{rule} left numbers in the padding of its weights or biases, where no unit is");
    }

    private static bool HoldsPadding(SynapseGroup synapses)
    {
        int panel = Numerics.PanelMatrix.PanelRows;
        int used = synapses.Weights.Rows % panel;
        if (used == 0)
            return false;
        ReadOnlySpan<float> last = synapses.Weights.Storage[^(panel * synapses.Weights.Columns)..];
        for (int column = 0; column < synapses.Weights.Columns; column++)
        {
            if (HoldsNumber(last.Slice((column * panel) + used, panel - used)))
                return true;
        }

        return false;
    }

    // Where numbers have overflown the engine stops the run by itself, and zero times infinity is no hidden value.
    private static bool HoldsNumber(ReadOnlySpan<float> padding)
    {
        foreach (float value in padding)
        {
            if (value != 0 && float.IsFinite(value))
                return true;
        }

        return false;
    }

    private static ulong HashOf(in LocalSignals here)
    {
        ulong hash = BitsHash.Of(here.Phase.Importance, BitsHash.Of(here.Activity));
        foreach (SynapseGroup synapses in here.Synapses.Groups)
            hash = BitsHash.Of(synapses.Received, hash);
        return hash;
    }

    private static long[] Updates(in LocalSignals here)
    {
        long[] updates = new long[here.Synapses.Length + 1];
        updates[^1] = here.Bias.Group.Rate.Updates;
        for (int k = 0; k < here.Synapses.Length; k++)
            updates[k] = here.Synapses[k].Group.Rate.Updates;
        return updates;
    }
}
