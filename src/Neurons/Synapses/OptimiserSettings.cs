using System.ComponentModel.DataAnnotations;

namespace Nudge.Synapses;

/// <summary>How a synapse turns the gradient that it finds into a change of its weight.</summary>
public enum OptimiserKind
{
    /// <summary>Rate times gradient.</summary>
    Sgd,

    /// <summary>Adam (Kingma and Ba 2015), with both moments kept at the synapse: a declared exception to locality in time.</summary>
    Adam,
}

/// <summary>The optimiser of an experiment file.</summary>
public sealed record OptimiserSettings
{
    /// <summary>Which one.</summary>
    public OptimiserKind Kind { get; init; } = OptimiserKind.Sgd;

    /// <summary>Decay of Adam's first moment at each update.</summary>
    [Range(0, 1, MaximumIsExclusive = true)]
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of Adam's second moment at each update.</summary>
    [Range(0, 1, MaximumIsExclusive = true)]
    public double Beta2 { get; init; } = 0.999;

    /// <summary>What keeps Adam's quotient finite.</summary>
    [Range(0, 1, MinimumIsExclusive = true)]
    public double Epsilon { get; init; } = 1e-8;
}
