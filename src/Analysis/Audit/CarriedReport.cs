namespace Nudge.Audit;

/// <summary>Something that a rule carries from one phase into the next.</summary>
/// <param name="Path">The way to it from the rule, such as <c>DifferenceRule._snapshot._activity</c>.</param>
/// <param name="Exception">The exception of theory §5 that it falls under, or null where it is none.</param>
/// <param name="Bytes">Its bytes, in all slices together.</param>
public sealed record CarriedField(string Path, string? Exception, long Bytes);

/// <summary>What one slice carries.</summary>
/// <param name="Slice">Its name.</param>
/// <param name="Bytes">Bytes carried.</param>
/// <param name="Synapses">Weights and biases that it learns.</param>
public sealed record CarriedBySlice(string Slice, long Bytes, long Synapses);

/// <summary>Weights that several synapses have in common: local to the slice that owns them, and not to one synapse (theory §5).</summary>
/// <param name="Projection">The direction.</param>
/// <param name="Weights">Weights that are stored.</param>
/// <param name="Synapses">Connections that they serve.</param>
public sealed record SharedWeights(string Projection, long Weights, long Synapses);

/// <summary>What the rules of a network carry from phase to phase, as measured.</summary>
/// <param name="Rule">The rule, with the switches that matter.</param>
/// <param name="Slices">By slice.</param>
/// <param name="Fields">By place; empty for a rule that is local in time.</param>
/// <param name="Phases">Phases that each of the experiments lasted.</param>
public sealed record CarriedReport(
    string Rule, IReadOnlyList<CarriedBySlice> Slices, IReadOnlyList<CarriedField> Fields, int Phases)
{
    /// <summary>Projections whose weights are shared; empty where each synapse has a weight of its own.</summary>
    public IReadOnlyList<SharedWeights> Sharing { get; init; } = [];

    /// <summary>Bytes carried in the whole network.</summary>
    public long Bytes => Slices.Sum(slice => slice.Bytes);

    /// <summary>Weights and biases that learn.</summary>
    public long Synapses => Slices.Sum(slice => slice.Synapses);

    /// <summary>Bytes carried for each weight or bias.</summary>
    public double BytesPerSynapse => Synapses == 0 ? 0 : (double)Bytes / Synapses;
}
