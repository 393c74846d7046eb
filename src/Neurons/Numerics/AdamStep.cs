namespace Nudge.Numerics;

/// <summary>
/// The constants of one step of Adam (Kingma and Ba 2015, algorithm 1), by which a weight w with gradient G moves as
/// <c>m ← β₁·m + (1 − β₁)·G</c>, <c>v ← β₂·v + (1 − β₂)·G²</c>,
/// <c>w ← keep·w + rate·(m/c₁) / (√(v/c₂) + ε)</c>. G points where w should go.
/// </summary>
/// <param name="Rate">Length of the step, in units of the weight.</param>
/// <param name="Beta1">β₁, what is kept of the first moment.</param>
/// <param name="Beta2">β₂, what is kept of the second moment.</param>
/// <param name="Epsilon">ε, far greater than 10⁻¹⁵, in units of the gradient: much smaller gradients move weights less.</param>
/// <param name="Keep">What is kept of the old weights: 1, or less for decay.</param>
/// <param name="Correction1">c₁ = 1 − β₁ᵗ, the share of the first moment that has been seen at update t.</param>
/// <param name="Correction2">c₂ = 1 − β₂ᵗ, the same of the second.</param>
public readonly record struct AdamStep(
    float Rate, float Beta1, float Beta2, float Epsilon, float Keep, double Correction1, double Correction2)
{
    /// <summary>rate/c₁.</summary>
    internal float CorrectedRate => (float)(Rate / Correction1);

    /// <summary>1/c₂: a product for the sake of speed.</summary>
    internal float InverseCorrection2 => (float)(1 / Correction2);

    /// <summary>The constants of one update.</summary>
    /// <param name="rate">Length of the step.</param>
    /// <param name="beta1">β₁ in [0, 1).</param>
    /// <param name="beta2">β₂ in [0, 1).</param>
    /// <param name="epsilon">ε, greater than 0.</param>
    /// <param name="keep">What is kept of the old weights.</param>
    /// <param name="update">The number of this update, the first being 1.</param>
    public static AdamStep Of(float rate, float beta1, float beta2, float epsilon, float keep, long update)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epsilon);
        ArgumentOutOfRangeException.ThrowIfLessThan(update, 1);
        return new(rate, beta1, beta2, epsilon, keep, Seen(beta1, update), Seen(beta2, update));
    }

    // Of β as the kernels have it, in single precision: with another, moments would stay biased.
    private static double Seen(float beta, long update)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(beta);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(beta, 1);
        return 1 - Elementary.Pow(beta, update);
    }
}
