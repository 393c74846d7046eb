namespace Nudge.Phases;

/// <summary>
/// The probability b of a positive phase and the signed importance that undoes it (Williams, Bredenberg and Lajoie 2023,
/// eq. 5; theory §2). The weight is one over the probability, never over the bit drawn.
/// </summary>
/// <param name="B">Probability of a positive phase, in (0, 1).</param>
public readonly record struct PhasePrior(double B)
{
    /// <summary>+1/b for a positive phase, −1/(1−b) for a negative one.</summary>
    public float Importance(bool positive) => (float)(positive ? 1 / B : -1 / (1 - B));
}
