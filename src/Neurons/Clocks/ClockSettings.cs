using System.ComponentModel.DataAnnotations;

namespace Nudge.Clocks;

/// <summary>What has a clock of its own.</summary>
public enum ClockScope
{
    /// <summary>All slices of a population share one clock, so that the cut does not change the result.</summary>
    Population,

    /// <summary>Every slice has its own.</summary>
    Slice,
}

/// <summary>The local clocks of an experiment file. There is no global one (theory §6).</summary>
public sealed record ClockSettings
{
    /// <summary>What has a clock of its own.</summary>
    public ClockScope Scope { get; init; } = ClockScope.Slice;

    /// <summary>Coefficient of variation of the time between two steps; intervals are log-normal.</summary>
    [Range(0, 4)]
    public double Jitter { get; init; } = 0.2;

    /// <summary>Each clock's rate error is drawn once, uniformly from [−drift, drift].</summary>
    [Range(0, 0.9)]
    public double Drift { get; init; }

    /// <summary>Whether the populations' clocks begin spread evenly over one step, so that populations take turns.</summary>
    public bool Stagger { get; init; }
}

/// <summary>Time in an experiment file, in units of the membrane time constant τ.</summary>
public sealed record TimeSettings
{
    /// <summary>Mean local time between two steps of a population, in τ. Simulated time counts in parts of 1/65536 τ.</summary>
    [Range(0.001, 1)]
    public double Step { get; init; } = 0.25;
}
