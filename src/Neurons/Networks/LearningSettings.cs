using System.ComponentModel.DataAnnotations;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Plasticity.Rules;
using Nudge.Synapses;

namespace Nudge.Networks;

/// <summary>Learning in an experiment file.</summary>
public sealed record LearningSettings
{
    /// <summary>The plasticity rule: a name, or a map of its kind and its own settings.</summary>
    public RuleSettings Rule { get; init; } = new DifferentialIsdSettings();

    /// <summary>Whether a population learns only when all that it received belongs to its own phase (theory §3c).</summary>
    public bool Gate { get; init; } = true;

    /// <summary>How phase changes reach the populations.</summary>
    public TagTransport Tags { get; init; } = TagTransport.PiggyBacked;

    /// <summary>Multiplies the learning rates of all projections and biases, so that one number makes them all larger or smaller.</summary>
    [Range(0, 1e9, MinimumIsExclusive = true)]
    public double RateFactor { get; init; } = 1;

    /// <summary>Share of each weight that is lost at every update (Kolen and Pollack 1994).</summary>
    [Range(0, 1, MaximumIsExclusive = true)]
    public double Decay { get; init; }

    /// <summary>Phases whose updates are summed before they are applied together; 1 applies each at once.</summary>
    [Range(1, 1_000_000)]
    public int Batch { get; init; } = 1;

    /// <summary>How gradients become changes of weights.</summary>
    public OptimiserSettings Optimiser { get; init; } = new();

    /// <summary>How precisely weights are stored: in single precision, or in few bits, as in digital and analogue hardware.</summary>
    public WeightSettings Weights { get; init; } = new();
}
