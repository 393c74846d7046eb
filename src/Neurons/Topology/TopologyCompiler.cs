using Nudge.Links;

namespace Nudge.Topology;

/// <summary>What a topology is made from.</summary>
/// <param name="Populations">Populations by name, in the order of their numbers.</param>
/// <param name="Projections">Projections by name, in the order of the file.</param>
/// <param name="Granularity">The cut of populations that name none of their own.</param>
/// <param name="Links">How messages travel.</param>
/// <param name="InputHasState">Whether the units of the input population have a state of their own.</param>
/// <param name="ChannelsOf">Values that each unit of a population sends.</param>
/// <param name="ChannelFrom">Which of them a projection carries whose source lies on a side of its target.</param>
public sealed record TopologySettings(
    IReadOnlyList<KeyValuePair<string, PopulationSettings>> Populations,
    IReadOnlyList<KeyValuePair<string, ProjectionSettings>> Projections,
    GranularitySettings Granularity,
    LinksSettings Links,
    bool InputHasState,
    Func<PopulationRole, int> ChannelsOf,
    Func<NeighbourSide, int> ChannelFrom)
{
    /// <summary>Biases of each unit of a population.</summary>
    public Func<PopulationRole, int> BiasesPerUnit { get; init; } = static _ => 1;
}

/// <summary>Turns settings, which have been validated, into a topology.</summary>
public static class TopologyCompiler
{
    /// <summary>Numbers populations, directions, slices and links, and finds which populations lie below and above others.</summary>
    /// <param name="settings">Valid settings.</param>
    /// <exception cref="ArgumentException">The settings name a population that does not exist, or lack an input.</exception>
    public static NetworkTopology Compile(TopologySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        PopulationPlan[] populations = PlacePopulations(settings);
        List<ProjectionPlan> projections = DirectProjections(settings, populations);
        List<SlicePlan> slices = CutPopulations(populations);
        return new(populations, projections, slices);
    }

    private static PopulationPlan[] PlacePopulations(TopologySettings settings)
    {
        var index = new Dictionary<string, int>();
        foreach ((string name, _) in settings.Populations)
            index.Add(name, index.Count);
        foreach ((string name, ProjectionSettings projection) in settings.Projections)
        {
            if (!index.ContainsKey(projection.From) || !index.ContainsKey(projection.To))
                throw new ArgumentException($"Projection {name} names a population that does not exist.");
        }

        (int From, int To)[] edges =
        [
            .. settings.Projections.Select(pair => (index[pair.Value.From], index[pair.Value.To])),
        ];
        int[] fromInput = Hops(settings, edges, PopulationRole.Input);
        int[] toOutput = Hops(settings, edges, PopulationRole.Output);
        return
        [
            .. settings.Populations.Select((pair, i) => new PopulationPlan(
                i, pair.Key, pair.Value, UnitsPerSlice(settings.Granularity, pair.Value), fromInput[i], toOutput[i])
            {
                HasState = settings.InputHasState || pair.Value.Role != PopulationRole.Input,
                Channels = settings.ChannelsOf(pair.Value.Role),
                BiasesPerUnit = settings.BiasesPerUnit(pair.Value.Role),
                SharesBiases = settings.Projections.Any(one => one.Value.To == pair.Key && one.Value.Connect.SharesWeights),
            }),
        ];
    }

    /// <summary>How many units each slice of a population has.</summary>
    /// <param name="granularity">The cut of populations that name none of their own.</param>
    /// <param name="population">The population.</param>
    internal static int UnitsPerSlice(GranularitySettings granularity, PopulationSettings population)
    {
        // A stimulus has no dynamics to spread: its population stays whole unless its own entry sets a granularity.
        GranularitySettings fallback =
            population.Role == PopulationRole.Input ? GranularitySettings.Layer : granularity;
        return population.UnitsPerSlice(population.Granularity ?? fallback);
    }

    private static int[] Hops(TopologySettings settings, (int From, int To)[] edges, PopulationRole origin)
    {
        int[] hops = Enumerable.Repeat(int.MaxValue, settings.Populations.Count).ToArray();
        var frontier = new Queue<int>();
        for (int i = 0; i < hops.Length; i++)
        {
            if (settings.Populations[i].Value.Role != origin)
                continue;
            hops[i] = 0;
            frontier.Enqueue(i);
        }

        if (frontier.Count == 0 && origin == PopulationRole.Input)
            throw new ArgumentException("The network has no input population.");
        while (frontier.TryDequeue(out int here))
        {
            foreach ((int from, int to) in edges)
            {
                if (from != here && to != here)
                    continue;
                int other = from == here ? to : from;
                if (hops[other] != int.MaxValue)
                    continue;
                hops[other] = hops[here] + 1;
                frontier.Enqueue(other);
            }
        }

        return hops;
    }

    private static List<ProjectionPlan> DirectProjections(TopologySettings settings, PopulationPlan[] populations)
    {
        var directed = new List<ProjectionPlan>();
        foreach ((string name, ProjectionSettings projection) in settings.Projections)
        {
            PopulationPlan from = populations.Single(population => population.Name == projection.From);
            PopulationPlan to = populations.Single(population => population.Name == projection.To);
            int forward = directed.Count;
            if (!projection.Bidirectional)
            {
                directed.Add(Direct(settings, forward, name, name, projection, from, to, -1));
                continue;
            }

            directed.Add(Direct(settings, forward, name, $"{name}.forward", projection, from, to, forward + 1));
            directed.Add(Direct(settings, forward + 1, name, $"{name}.backward", projection, to, from, forward));
        }

        return directed;
    }

    private static ProjectionPlan Direct(
        TopologySettings settings,
        int index,
        string name,
        string directedName,
        ProjectionSettings projection,
        PopulationPlan source,
        PopulationPlan target,
        int reverse)
    {
        // Without an output, what lies farther from the input is above.
        bool upper = target.OutputDistance == int.MaxValue
            ? source.InputDistance > target.InputDistance
            : source.OutputDistance < target.OutputDistance;
        NeighbourSide side = source.InputDistance < target.InputDistance ? NeighbourSide.Lower :
            upper ? NeighbourSide.Upper : NeighbourSide.Lateral;
        bool isBackward = reverse >= 0 && reverse < index;
        LinkSettings link = settings.Links.Of(name, isBackward);
        return new(index, directedName, projection, source, target, reverse, side, link)
        {
            Channel = settings.ChannelFrom(side),
            Connectivity = Connect(name, projection.Connect, source, target, isBackward),
        };
    }

    private static Connectivity? Connect(
        string name, ConnectSettings connect, PopulationPlan source, PopulationPlan target, bool isBackward)
    {
        if (!connect.NeedsShapes)
            return null;
        Connectivity? table = connect.Create(ShapeOf(source), ShapeOf(target), isBackward);
        if (table is not null && target.UnitsPerSlice % table.Target.Positions != 0)
        {
            throw new ArgumentException(
                $"Projection {name} needs slices of whole channels of {target.Name}, {table.Target.Positions} units each.");
        }

        return table;

        PopulationShape ShapeOf(PopulationPlan population) => population.Settings.Shape
            ?? throw new ArgumentException($"Projection {name} needs the shape of {population.Name}.");
    }

    private static List<SlicePlan> CutPopulations(PopulationPlan[] populations)
    {
        var slices = new List<SlicePlan>();
        foreach (PopulationPlan population in populations)
        {
            for (int first = 0; first < population.Size; first += population.UnitsPerSlice)
            {
                int count = Math.Min(population.UnitsPerSlice, population.Size - first);
                slices.Add(new(slices.Count, population, first, count));
            }
        }

        return slices;
    }
}
