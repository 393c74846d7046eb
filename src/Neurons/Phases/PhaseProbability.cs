namespace Nudge.Phases;

/// <summary>
/// The probability b of a positive phase as a file names it: a number, or <c>optimal</c>, where b begins at ½ and moves
/// towards σ₊/(σ₊ + σ₋) during the run (theory §2). Reads as the number that it begins with.
/// </summary>
/// <param name="Initial">b before the first phase, in (0, 1).</param>
/// <param name="IsOptimal">Whether b follows what the populations report.</param>
public readonly record struct PhaseProbability(double Initial, bool IsOptimal = false)
{
    /// <summary>The word in a file.</summary>
    public const string OptimalWord = "optimal";

    /// <summary>b begins at ½ and moves.</summary>
    public static PhaseProbability Optimal { get; } = new(0.5, IsOptimal: true);

    /// <summary>A b that stays.</summary>
    public static implicit operator PhaseProbability(double b) => new(b);

    /// <summary>b before the first phase.</summary>
    public static implicit operator double(PhaseProbability b) => b.Initial;

    /// <summary>A b that stays.</summary>
    public static PhaseProbability FromDouble(double b) => b;

    /// <summary>b before the first phase.</summary>
    public double ToDouble() => Initial;
}
