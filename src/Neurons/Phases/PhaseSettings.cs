using System.ComponentModel.DataAnnotations;

namespace Nudge.Phases;

/// <summary>How polarities follow one another.</summary>
public enum PhaseOrder
{
    /// <summary>Each phase is positive with probability b, whatever came before (the seed paper's ISD).</summary>
    Bernoulli,

    /// <summary>Negative, positive, negative, … as traditional training has it.</summary>
    Alternating,

    /// <summary>
    /// A coin for each pair of lanes, which gives the second lane the opposite of the first: each lane by itself is as with
    /// bernoulli, and what both have in common cancels in the sum over lanes (antithetic variates; theory §2).
    /// </summary>
    Antithetic,

    /// <summary>
    /// A share b of the lanes is positive for ever and the others are negative for ever: the free lanes of a Boltzmann
    /// machine are persistent chains (Tieleman 2008), which no stimulus restarts.
    /// </summary>
    ByLane,
}

/// <summary>How phase changes reach the populations.</summary>
public enum TagTransport
{
    /// <summary>On every activity message; the newest received is adopted.</summary>
    PiggyBacked,

    /// <summary>By the coordinator, on links of their own.</summary>
    Broadcast,
}

/// <summary>The law of a phase's length.</summary>
public enum PhaseLengthLaw
{
    /// <summary>Always the mean.</summary>
    Fixed,

    /// <summary>The floor, then after each further step the phase ends with one and the same probability.</summary>
    Geometric,

    /// <summary>The floor plus an exponential time.</summary>
    Exponential,
}

/// <summary>The length of phases, in τ on the coordinator's own clock.</summary>
public sealed record PhaseLengthSettings
{
    /// <summary>The law.</summary>
    public PhaseLengthLaw Law { get; init; } = PhaseLengthLaw.Exponential;

    /// <summary>The shortest length that a random law may give, in τ.</summary>
    [Range(0, 1e6)]
    public double Floor { get; init; } = 6;

    /// <summary>The mean length, the floor included, in τ.</summary>
    [Range(0, 1e6, MinimumIsExclusive = true)]
    public double Mean { get; init; } = 12;
}

/// <summary>The phases of an experiment file.</summary>
public sealed record PhaseSettings
{
    /// <summary>How polarities follow one another.</summary>
    public PhaseOrder Order { get; init; } = PhaseOrder.Bernoulli;

    /// <summary>
    /// Probability that a phase is positive. Optimal begins at 0.5 and moves towards σ₊/(σ₊ + σ₋), where the updates
    /// vary least, as the populations report the mean squared lengths of their statistics in each polarity.
    /// </summary>
    [Range(0, 1, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public PhaseProbability B { get; init; } = 0.5;

    /// <summary>The length of a phase.</summary>
    public PhaseLengthSettings Length { get; init; } = new();

    /// <summary>For how many phases a stimulus is held.</summary>
    [Range(1, 1_000_000)]
    public int PerStimulus { get; init; } = 2;

    /// <summary>
    /// How many lanes show the same stimulus side by side. With 2 and antithetic polarities a stimulus is seen in both phases
    /// at the same instant, and nothing is remembered.
    /// </summary>
    [Range(1, 4096)]
    public int LanesPerStimulus { get; init; } = 1;
}
