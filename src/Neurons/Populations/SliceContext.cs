using Nudge.Links;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Synapses;
using Nudge.Topology;

namespace Nudge.Populations;

/// <summary>One projection that arrives at a slice, with the slices that send along it.</summary>
/// <param name="Projection">The direction.</param>
/// <param name="Sources">The sending slices, by first unit; none for couplings within the population.</param>
public sealed record AfferentPlan(ProjectionPlan Projection, IReadOnlyList<SlicePlan> Sources);

/// <summary>
/// All that a slice receives of the network when it is made: its own place, what arrives there, and settings.
/// </summary>
public sealed record SliceContext
{
    /// <summary>The slice's place in the network.</summary>
    public required SlicePlan Slice { get; init; }

    /// <summary>What arrives there, in the order of the projections; couplings within the population come last.</summary>
    public required IReadOnlyList<AfferentPlan> Afferents { get; init; }

    /// <summary>What all synapses of the network have in common.</summary>
    public required SynapseContext Synapses { get; init; }

    /// <summary>Initial learning rate of the biases; 0 for units without biases that learn.</summary>
    public required double BiasRate { get; init; }

    /// <summary>How the biases' rate changes.</summary>
    public required RateSchedule BiasSchedule { get; init; }

    /// <summary>What its plasticity rule is made from.</summary>
    public required RuleContext Rule { get; init; }

    /// <summary>Makes its plasticity rule.</summary>
    public required RuleMaker Rules { get; init; }

    /// <summary>How phase changes reach it.</summary>
    public required TagTransport Tags { get; init; }

    /// <summary>How far its units are from what the model says.</summary>
    public DeviceSettings Devices { get; init; } = new();

    /// <summary>When slices send their activity.</summary>
    public required SendSettings Send { get; init; }

    /// <summary>
    /// Whether the populations step in turn at fixed intervals and receive each other's activity at once, so that what was
    /// received since the last step answers that step.
    /// </summary>
    public required bool TakesTurns { get; init; }

    /// <summary>
    /// The slice at the same place of another copy of the network whose weights and biases this one reads; it then never
    /// learns. Null for weights of its own.
    /// </summary>
    internal PopulationSlice? Lender { get; init; }

    /// <summary>Independent stimuli side by side.</summary>
    public int Lanes => Synapses.Lanes;

    /// <summary>Seed of the run.</summary>
    public ulong Seed => Synapses.Seed;

    /// <summary>Whether weights change within phases and not only at their ends.</summary>
    public bool LearnsWithinPhases => Rule.Settings.LearnsWithinPhases;
}
