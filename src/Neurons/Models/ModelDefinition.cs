using Nudge.Catalogue;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Topology;

namespace Nudge.Models;

/// <summary>
/// A model as one self-describing definition. A new model is one folder: its definition and settings, the dynamics of its
/// units, what it is shown in a phase, its checks and, where there is one, its exact reference.
/// </summary>
public abstract class ModelDefinition : ISettingsDefinition
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract string Summary { get; }

    /// <inheritdoc/>
    public abstract Type SettingsType { get; }

    /// <summary>Where it comes from: authors and year.</summary>
    public abstract string Source { get; }

    /// <summary>The settings that hold where a file writes none.</summary>
    public abstract ModelSettings Defaults { get; }

    /// <summary>Whether the units of the input population have a state of their own and are clamped to a stimulus at times.</summary>
    public virtual bool InputHasState => false;

    /// <summary>Whether a network of it must have an output population.</summary>
    public virtual bool NeedsOutput => false;

    /// <summary>Whether its output can learn target values, and not only classes.</summary>
    public virtual bool TakesTargets => false;

    /// <summary>
    /// Whether its units settle to a fixed point under a constant stimulus, so that it can be asked in lockstep and phases
    /// must be long enough to settle.
    /// </summary>
    public virtual bool Settles => false;

    /// <summary>
    /// Mean delays of a link that a phase must last for, so that activity crosses the link as often as the model needs; 0
    /// where it need not cross more than once.
    /// </summary>
    public virtual double LeastDelaysPerPhase => Settles ? 8 : 0;

    /// <summary>
    /// Whether it assigns a likelihood to examples, which an oracle can read off its weights.
    /// </summary>
    public virtual bool HasLikelihood => false;

    /// <summary>Whether most units send 0 most of the time, so that listing the others saves work.</summary>
    public virtual bool ActivityIsOftenZero => false;

    /// <summary>Whether the positive phase comes first where phases alternate.</summary>
    public virtual bool BeginsPositive => false;

    /// <summary>Whether its projections may have windows; where its dynamics or rules read single weights they may not.</summary>
    public virtual bool AllowsWindows => true;

    /// <summary>Values that each unit of a population sends in a message: its activity alone, or more.</summary>
    public virtual int ChannelsOf(PopulationRole role) => 1;

    /// <summary>Which of these values a projection carries whose source lies on a side of its target; from 0.</summary>
    public virtual int ChannelFrom(NeighbourSide side) => 0;

    /// <summary>
    /// Biases of each unit of a population: one, unless its units are sampled in two ways. More than one only in a model without
    /// windows (<see cref="AllowsWindows"/>), since units that share weights share one bias.
    /// </summary>
    public virtual int BiasesPerUnit(PopulationRole role) => 1;

    /// <summary>Learning rate of a population's biases where it names none.</summary>
    /// <param name="role">What the population is for.</param>
    /// <param name="projectionRate">Rate of the first projection that arrives there; 0 without any.</param>
    public virtual double UsualBiasRate(PopulationRole role, double projectionRate) => projectionRate;

    /// <summary>The populations whose answers the coordinator receives.</summary>
    public virtual IEnumerable<PopulationPlan> Answering(NetworkTopology network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return [network.Output ?? network.Input];
    }

    /// <summary>The energy of a network from the shares that its slices see.</summary>
    /// <param name="network">The network.</param>
    /// <param name="shares">One share for each slice.</param>
    public virtual double Energy(NetworkTopology network, IEnumerable<double> shares) => shares.Sum();

    /// <summary>Makes a slice of a population whose units have a state, at rest, with its first weights.</summary>
    public abstract PopulationSlice CreateSlice(SliceContext context);

    /// <summary>Makes what decides what the network is shown, and how its answer is read.</summary>
    public abstract Curriculum CreateCurriculum(CurriculumContext context);

    /// <summary>Reports settings that do not make a network of this model.</summary>
    public virtual void Check(ModelCheck check)
    {
    }

    /// <summary>A small network of this model, for audits and tests.</summary>
    /// <param name="inputs">Units of the input population.</param>
    /// <param name="hidden">Units of each hidden population.</param>
    /// <param name="classes">Classes of the examples.</param>
    public virtual ExampleNetwork Example(int inputs, int hidden, int classes) => new(
        [
            new("in", new() { Role = PopulationRole.Input, Size = inputs }),
            new("hidden", new() { Role = PopulationRole.Hidden, Size = hidden }),
            new("label", new() { Role = PopulationRole.Output, Size = classes }),
        ],
        [
            new("in-hidden", new() { From = "in", To = "hidden" }),
            new("hidden-label", new() { From = "hidden", To = "label", Bidirectional = true }),
        ]);
}

/// <summary>Populations and projections of a small network.</summary>
/// <param name="Populations">Populations by name.</param>
/// <param name="Projections">Projections by name.</param>
public sealed record ExampleNetwork(
    IReadOnlyList<KeyValuePair<string, PopulationSettings>> Populations,
    IReadOnlyList<KeyValuePair<string, ProjectionSettings>> Projections);

/// <summary>What is known of the examples before they are read.</summary>
/// <param name="Name">Name of the set.</param>
/// <param name="Inputs">Values of an example; null where unknown.</param>
/// <param name="Classes">Number of classes, 1 for a set without labels; null where unknown.</param>
/// <param name="IsGrey">Whether values between 0 and 1 occur.</param>
public sealed record ExampleTraits(string Name, int? Inputs, int? Classes, bool IsGrey)
{
    /// <summary>Whether the examples are known to have no labels.</summary>
    public bool IsUnlabelled => Classes == 1;
}

/// <summary>What a check of a model looks at: the sections of an experiment that make its network.</summary>
public sealed record ModelCheck
{
    /// <summary>The settings of the model.</summary>
    public required ModelSettings Settings { get; init; }

    /// <summary>The settings of the rule.</summary>
    public required RuleSettings Rule { get; init; }

    /// <summary>Populations by name.</summary>
    public required IReadOnlyDictionary<string, PopulationSettings> Populations { get; init; }

    /// <summary>Projections by name.</summary>
    public required IReadOnlyDictionary<string, ProjectionSettings> Projections { get; init; }

    /// <summary>The cut of populations that name none of their own.</summary>
    public required GranularitySettings Granularity { get; init; }

    /// <summary>Phases.</summary>
    public required PhaseSettings Phases { get; init; }

    /// <summary>Lanes.</summary>
    public required int Lanes { get; init; }

    /// <summary>The examples.</summary>
    public required ExampleTraits Examples { get; init; }

    /// <summary>Receives what is wrong.</summary>
    public required IFindings Findings { get; init; }

    /// <summary>Whether a population is cut into several slices.</summary>
    public bool IsCut(PopulationSettings population)
    {
        ArgumentNullException.ThrowIfNull(population);
        return population.UnitsPerSlice(population.Granularity ?? Granularity) < population.Size;
    }
}
