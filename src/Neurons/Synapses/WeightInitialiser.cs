using Nudge.Numerics;
using Nudge.Randomness;
using Nudge.Topology;

namespace Nudge.Synapses;

/// <summary>
/// Draws first weights from the Glorot uniform law, ±gain·√(6 / (sources + targets)) (Glorot and Bengio 2010), or from a
/// normal law of the deviation that the settings name. Each weight is keyed by its own two units, so the cut into slices
/// does not change it. Couplings within a population are symmetric and have no diagonal. With windows, sources and targets
/// are the mean numbers of connections of a unit at either end.
/// </summary>
public static class WeightInitialiser
{
    /// <summary>Fills the weights of one slice.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="projection">The direction that the weights belong to.</param>
    /// <param name="target">The slice that owns them.</param>
    /// <param name="weights">Its units × the source population's units, or what the projection's table stores in their place.</param>
    public static void Fill(ulong seed, ProjectionPlan projection, SlicePlan target, PanelMatrix weights)
    {
        ArgumentNullException.ThrowIfNull(projection);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(weights);
        // The backward copy of a symmetric pair repeats the forward draws with the two ends exchanged.
        bool mirrored = projection.IsBackward && projection.Settings.Init == Initialisation.Symmetric;
        ulong id = (ulong)(mirrored ? projection.Reverse : projection.Index);
        var key = new RandomKey(seed, RandomPurpose.WeightInitialisation, id);
        double? deviation = projection.Settings.Deviation;
        if (projection.Connectivity is { } table)
        {
            FillWindows(key, table, mirrored, projection.Settings, target, weights);
            return;
        }

        int sources = projection.Source.Size;
        int targets = projection.Target.Size;
        double bound = projection.Settings.Gain * Math.Sqrt(6.0 / (sources + targets));
        for (int row = 0; row < target.Count; row++)
        {
            long unit = target.First + row;
            for (int column = 0; column < sources; column++)
            {
                bool exchanged = mirrored || (projection.IsWithin && unit > column);
                long place = exchanged ? (column * (long)targets) + unit : (unit * sources) + column;
                weights[row, column] = projection.IsWithin && unit == column ? 0 : First(key, place, bound, deviation);
            }
        }
    }

    private static void FillWindows(
        RandomKey key, Connectivity table, bool mirrored, ProjectionSettings settings, SlicePlan target, PanelMatrix weights)
    {
        if (table.IsFixed)
            return;
        double bound = settings.Gain * Math.Sqrt(6.0 / (table.FanIn + table.FanOut));
        for (int row = 0; row < weights.Rows; row++)
        {
            int channel = (target.First / table.Target.Positions) + row;
            for (int column = 0; column < weights.Columns; column++)
            {
                int place = table.FileColumnOf(column);
                long at = mirrored ? table.MirrorOf(channel, place) : ((long)channel * table.FileColumnCount) + place;
                weights[row, column] = First(key, at, bound, settings.Deviation);
            }
        }
    }

    private static float First(RandomKey key, long place, double bound, double? deviation) => deviation is double normal
        ? (float)(normal * Elementary.InverseNormal(key.Draw((ulong)place).First))
        : (float)(bound * ((2 * Uniform(key, place)) - 1));

    private static double Uniform(RandomKey key, long place) => key.Draw((ulong)place >> 2).Uniform((int)(place & 3));
}
