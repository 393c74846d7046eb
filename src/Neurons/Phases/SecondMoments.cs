namespace Nudge.Phases;

/// <summary>
/// The mean squared length E‖u‖² of the statistic u that one phase of one lane teaches with, importance and learning
/// rate left out: σ₊² and σ₋² of theory §2. All that the coordinator ever receives of a gradient.
/// </summary>
/// <param name="Positive">σ₊²; not-a-number before the first positive phase.</param>
/// <param name="Negative">σ₋²; not-a-number before the first negative phase.</param>
public readonly record struct SecondMoments(double Positive, double Negative)
{
    /// <summary>Before any phase.</summary>
    public static SecondMoments Unknown { get; } = new(double.NaN, double.NaN);

    /// <summary>Whether both polarities were learned from.</summary>
    public bool IsKnown => !double.IsNaN(Positive) && !double.IsNaN(Negative);

    /// <summary>
    /// σ₊/(σ₊ + σ₋), the b of least variance; not-a-number where unknown, or where there is nothing to learn.
    /// </summary>
    public double BestB => Math.Sqrt(Positive) / (Math.Sqrt(Positive) + Math.Sqrt(Negative));
}
