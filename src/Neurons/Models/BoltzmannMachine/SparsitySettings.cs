using System.ComponentModel.DataAnnotations;

namespace Nudge.Models.BoltzmannMachine;

/// <summary>
/// Pulls each hidden unit's running mean activity towards a target (Hinton 2010, A practical guide to training RBMs, §11).
/// The mean is slow and kept across phases: a declared exception to locality in time.
/// </summary>
public sealed record SparsitySettings
{
    /// <summary>The share of time that a hidden unit should be on.</summary>
    [Range(0, 1)]
    public double Target { get; init; } = 0.1;

    /// <summary>Strength of the pull, as a factor beside the learning rate; 0 for none.</summary>
    [Range(0, 1e6)]
    public double Cost { get; init; }

    /// <summary>Share of the running mean that each step renews.</summary>
    [Range(0, 1, MinimumIsExclusive = true)]
    public double Memory { get; init; } = 0.01;
}
