using Nudge.Topology;

namespace Nudge.Networks;

/// <summary>
/// How large a network will be, counted from its settings: nothing of it is made, so that one that is too large costs no more to
/// refuse than a small one.
/// </summary>
/// <param name="Slices">Slices of all populations.</param>
/// <param name="Links">Ways of messages from one slice to another.</param>
public sealed record NetworkSize(long Slices, long Links)
{
    /// <summary>Counts.</summary>
    /// <param name="settings">Settings, which need not be valid: projections of populations that do not exist count nothing.</param>
    public static NetworkSize Of(NetworkSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var slicesOf = new Dictionary<string, long>();
        foreach ((string name, PopulationSettings population) in settings.Populations)
        {
            int units = Math.Max(1, TopologyCompiler.UnitsPerSlice(settings.Granularity, population));
            slicesOf[name] = (population.Size + (long)units - 1) / units;
        }

        // A million slices on both sides of each projection of a long file are more than 64 bits can count.
        Int128 links = 0;
        foreach ((_, ProjectionSettings projection) in settings.Projections)
        {
            if (projection.From == projection.To || !slicesOf.TryGetValue(projection.From, out long from)
                || !slicesOf.TryGetValue(projection.To, out long to))
                continue;
            links += (Int128)from * to * (projection.Bidirectional ? 2 : 1);
        }

        return new(slicesOf.Values.Sum(), (long)Int128.Min(links, long.MaxValue));
    }

    /// <summary>
    /// Bytes that a slice of a network keeps at least: its weights, its units' values, and what it has received from each source,
    /// once for each lane. What an optimiser or a rule keeps beside comes on top.
    /// </summary>
    public static long BytesOf(NetworkPlan network, SlicePlan slice)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(slice);
        long sources = network.Afferents(slice.Population).Sum(one => (long)one.Source.Size);
        long weights = network.Afferents(slice.Population).Sum(one => one.StoredWeights * slice.Count / one.Target.Size);
        return sizeof(float) * (weights + (network.Settings.Lanes * (slice.Values + sources)));
    }

    /// <summary>Bytes that all slices of a network keep at least.</summary>
    public static long BytesOf(NetworkPlan network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Int128 bytes = 0;
        // All slices of a population but the last one have as many units.
        foreach (PopulationPlan population in network.Populations)
        {
            IReadOnlyList<SlicePlan> slices = network.SlicesOf(population);
            bytes += ((Int128)BytesOf(network, slices[0]) * (slices.Count - 1)) + BytesOf(network, slices[^1]);
        }

        return (long)Int128.Min(bytes, long.MaxValue);
    }
}
