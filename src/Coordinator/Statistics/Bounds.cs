namespace Nudge.Statistics;

/// <summary>The least and the greatest value that a measure can have.</summary>
/// <param name="Least">The least; −∞ where there is none.</param>
/// <param name="Most">The greatest; ∞ where there is none.</param>
public readonly record struct Bounds(double Least, double Most)
{
    /// <summary>Of a measure that can be any number.</summary>
    public static Bounds None { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>The bounds of a difference of two values.</summary>
    public Bounds OfDifferences() => new(Least - Most, Most - Least);

    /// <summary>Whether a value can be.</summary>
    public bool Contains(double value) => Least <= value && value <= Most;

    /// <summary>The possible value that is nearest; not-a-number stays what it is.</summary>
    public double Nearest(double value) => Math.Clamp(value, Least, Most);
}
