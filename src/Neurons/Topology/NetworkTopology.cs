using Nudge.Links;

namespace Nudge.Topology;

/// <summary>Which side of a population another one lies on, by hops to the input and to the output (theory §3c).</summary>
public enum NeighbourSide
{
    /// <summary>Neither nearer to the input nor nearer to the output.</summary>
    Lateral,

    /// <summary>Nearer to the input.</summary>
    Lower,

    /// <summary>Nearer to the output.</summary>
    Upper,
}

/// <summary>A population with its place in the network.</summary>
/// <param name="Index">Its number, in the order of the file.</param>
/// <param name="Name">Its name.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="UnitsPerSlice">Units in each slice; the last slice may have fewer.</param>
/// <param name="InputDistance">Hops from the input population.</param>
/// <param name="OutputDistance">Hops to the output population.</param>
public sealed record PopulationPlan(
    int Index, string Name, PopulationSettings Settings, int UnitsPerSlice, int InputDistance, int OutputDistance)
{
    /// <summary>Number of units.</summary>
    public int Size => Settings.Size;

    /// <summary>What it is for.</summary>
    public PopulationRole Role => Settings.Role;

    /// <summary>
    /// Whether its units have a state of their own, and so biases; the units of most models' input population only show the
    /// stimulus.
    /// </summary>
    public bool HasState { get; init; } = true;

    /// <summary>
    /// Values that each unit sends in a message: its activity alone, unless the model defines others.
    /// </summary>
    public int Channels { get; init; } = 1;

    /// <summary>Whether the units of each channel of its shape have one bias in common, as they have their weights.</summary>
    public bool SharesBiases { get; init; }

    /// <summary>Units that have one bias in common: those of a channel, or 1.</summary>
    public int UnitsPerBias => SharesBiases ? Settings.Shape!.Positions : 1;

    /// <summary>Biases of each unit: one, unless the model samples its units in two ways. Where units share biases it is one.</summary>
    public int BiasesPerUnit { get; init; } = 1;

    /// <summary>Biases of the population, where it has any: unit after unit, those of one unit side by side.</summary>
    public int BiasCount => Size / UnitsPerBias * BiasesPerUnit;

    /// <summary>The shape of its biases in a file: units, channels that share one, or units × biases of each.</summary>
    public IReadOnlyList<int> BiasShape => BiasesPerUnit == 1 ? [BiasCount] : [Size, BiasesPerUnit];

    /// <summary>The axes of <see cref="BiasShape"/> in words.</summary>
    public string BiasAxes => SharesBiases ? "channels" : BiasesPerUnit == 1 ? "units" : "units × biases of each";

    /// <summary>Where the biases of a unit begin among those of the population.</summary>
    /// <param name="unit">The unit, the first one of those that share a bias.</param>
    public int FirstBias(int unit) => unit / UnitsPerBias * BiasesPerUnit;
}

/// <summary>One direction of a projection: the synapses that one population's units own.</summary>
/// <param name="Index">Its number: forward before backward, in the order of the file.</param>
/// <param name="Name">The projection's name, with <c>.forward</c> or <c>.backward</c> where it has two directions.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="Source">The population that sends.</param>
/// <param name="Target">The population that receives and owns the weights.</param>
/// <param name="Reverse">Index of the other direction, or −1.</param>
/// <param name="Side">Where the source lies as seen from the target.</param>
/// <param name="Link">How its messages travel.</param>
public sealed record ProjectionPlan(
    int Index,
    string Name,
    ProjectionSettings Settings,
    PopulationPlan Source,
    PopulationPlan Target,
    int Reverse,
    NeighbourSide Side,
    LinkSettings Link)
{
    /// <summary>Which of the values that each source sends it carries, from 0.</summary>
    public int Channel { get; init; }

    /// <summary>Which units are connected, and which connections share a weight; null where all are connected.</summary>
    public Connectivity? Connectivity { get; init; }

    /// <summary>The shape of its weights in a file: targets × sources, or that of its table.</summary>
    public IReadOnlyList<int> WeightShape => Connectivity?.FileShape ?? [Target.Size, Source.Size];

    /// <summary>The axes of <see cref="WeightShape"/> in words.</summary>
    public string WeightAxes => Connectivity is null ? "targets × sources"
        : WeightShape.Count == 4 ? "receiving × sending channels × kernel × kernel"
        : "receiving channels × height × width of the windows × sending channels × kernel × kernel";

    /// <summary>Values of <see cref="WeightShape"/>.</summary>
    public int WeightCount => WeightShape.Aggregate(1, (product, length) => checked(product * length));

    /// <summary>Values of <see cref="WeightShape"/> that belong to one row of what a slice stores.</summary>
    public int WeightsPerRow => Connectivity?.FileColumnCount ?? Source.Size;

    /// <summary>Units of the target that one row of the weights is for: those of a channel, or 1.</summary>
    public int UnitsPerRow => Connectivity?.Target.Positions ?? 1;

    /// <summary>Weights that it stores.</summary>
    public long StoredWeights => Connectivity?.Weights ?? (long)Source.Size * Target.Size;

    /// <summary>Whether this is the direction that the file does not name.</summary>
    public bool IsBackward => Reverse >= 0 && Reverse < Index;

    /// <summary>Whether it couples the units of one population with each other, so that no message carries it.</summary>
    public bool IsWithin => Source.Index == Target.Index;
}

/// <summary>A range of a population's units with a state, a clock and (in the actor engine) an actor of its own.</summary>
/// <param name="Index">Its number, by population and first unit.</param>
/// <param name="Population">Its population.</param>
/// <param name="First">Its first unit.</param>
/// <param name="Count">Its number of units.</param>
public sealed record SlicePlan(int Index, PopulationPlan Population, int First, int Count)
{
    /// <summary>Values that it sends in one lane of a message.</summary>
    public int Values => Count * Population.Channels;

    /// <summary>A name for people and files: <c>hidden</c> or <c>hidden[64..127]</c>.</summary>
    public string Name => Count == Population.Size ? Population.Name : $"{Population.Name}[{First}..{First + Count - 1}]";
}

/// <summary>The way of messages from one slice to another along one direction of a projection.</summary>
/// <param name="Index">Its number.</param>
/// <param name="Projection">The direction.</param>
/// <param name="Source">The sending slice.</param>
/// <param name="Target">The receiving slice.</param>
/// <param name="AfferentSlot">Which of the target's afferent projections it feeds.</param>
/// <param name="SourceSlot">Which of that projection's source slices it comes from.</param>
public readonly record struct LinkPlan(
    int Index, ProjectionPlan Projection, SlicePlan Source, SlicePlan Target, int AfferentSlot, int SourceSlot)
{
    /// <summary>Keys the link's random draws, whatever else the network holds.</summary>
    public ulong Key =>
        ((ulong)Projection.Index << 40) | ((ulong)Source.First << 20) | (uint)Target.First;
}

/// <summary>
/// Populations, projections, slices and links of a network, numbered: a pure plan that knows no dynamics and no learning.
/// </summary>
public class NetworkTopology
{
    private readonly LinkTable _links;
    private readonly SlicePlan[][] _slicesOf;

    /// <summary>Takes over the parts of another topology.</summary>
    protected NetworkTopology(NetworkTopology parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        (Populations, Projections, Slices) = (parts.Populations, parts.Projections, parts.Slices);
        (_links, _slicesOf) = (parts._links, parts._slicesOf);
    }

    internal NetworkTopology(
        IReadOnlyList<PopulationPlan> populations,
        IReadOnlyList<ProjectionPlan> projections,
        IReadOnlyList<SlicePlan> slices)
    {
        Populations = populations;
        Projections = projections;
        Slices = slices;
        ILookup<int, SlicePlan> byPopulation = slices.ToLookup(slice => slice.Population.Index);
        _slicesOf = [.. populations.Select(population => byPopulation[population.Index].ToArray())];
        _links = new(projections, _slicesOf);
    }

    /// <summary>Populations by number.</summary>
    public IReadOnlyList<PopulationPlan> Populations { get; }

    /// <summary>Directed projections by number.</summary>
    public IReadOnlyList<ProjectionPlan> Projections { get; }

    /// <summary>Weights stored: the two directions of a bidirectional projection have one each.</summary>
    public long Synapses => Projections.Sum(projection => projection.StoredWeights);

    /// <summary>Slices by number: by population, then first unit.</summary>
    public IReadOnlyList<SlicePlan> Slices { get; }

    /// <summary>Links by number: by projection, source slice, target slice.</summary>
    public IReadOnlyList<LinkPlan> Links => _links;

    /// <summary>The population that stimuli reach.</summary>
    public PopulationPlan Input => Populations.First(population => population.Role == PopulationRole.Input);

    /// <summary>The population that nudges reach, or null where a model has none.</summary>
    public PopulationPlan? Output => Populations.FirstOrDefault(population => population.Role == PopulationRole.Output);

    /// <summary>
    /// The directions that arrive at a population, in the order of their numbers; couplings within it come last and carry
    /// no messages.
    /// </summary>
    public IEnumerable<ProjectionPlan> Afferents(PopulationPlan population) =>
        Projections.Where(projection => projection.Target.Index == population.Index)
            .OrderBy(projection => projection.IsWithin);

    /// <summary>The slices of a population, by first unit.</summary>
    public IReadOnlyList<SlicePlan> SlicesOf(PopulationPlan population)
    {
        ArgumentNullException.ThrowIfNull(population);
        return _slicesOf[population.Index];
    }

    /// <summary>The links that leave a slice, by number.</summary>
    public IEnumerable<LinkPlan> LinksFrom(SlicePlan slice)
    {
        ArgumentNullException.ThrowIfNull(slice);
        return _links.From(slice);
    }

    /// <summary>The links that arrive at a slice, by number.</summary>
    public IEnumerable<LinkPlan> LinksTo(SlicePlan slice)
    {
        ArgumentNullException.ThrowIfNull(slice);
        return _links.To(slice);
    }
}
