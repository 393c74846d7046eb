namespace Nudge.Statistics;

/// <summary>Student's t distribution.</summary>
public static class StudentT
{
    private const int Halvings = 200;

    /// <summary>The probability that t is at most a value.</summary>
    /// <param name="t">The value.</param>
    /// <param name="freedom">Degrees of freedom, not necessarily whole.</param>
    public static double Cumulative(double t, double freedom)
    {
        double tail = Tail(Math.Abs(t), freedom);
        return t < 0 ? tail : 1 - tail;
    }

    /// <summary>The value that t stays below with a probability.</summary>
    /// <param name="probability">Between 0 and 1, both excluded.</param>
    /// <param name="freedom">Degrees of freedom, not necessarily whole.</param>
    public static double Quantile(double probability, double freedom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(freedom);
        if (probability < 0.5)
            return -Upper(probability, freedom);
        return probability > 0.5 ? Upper(1 - probability, freedom) : 0;
    }

    /// <summary>The probability that t is at least as far from 0 as a value, on either side.</summary>
    /// <param name="t">The value.</param>
    /// <param name="freedom">Degrees of freedom, not necessarily whole.</param>
    public static double TwoSided(double t, double freedom) => 2 * Tail(Math.Abs(t), freedom);

    private static double Upper(double tail, double freedom)
    {
        double high = 1;
        while (Tail(high, freedom) > tail)
            high *= 2;
        double low = 0;
        for (int i = 0; i < Halvings && low < high; i++)
        {
            double middle = (low + high) / 2;
            if (middle <= low || middle >= high)
                break;
            (low, high) = Tail(middle, freedom) > tail ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    // P(T > t) = ½ I_x(ν/2, ½) with x = ν / (ν + t²), Abramowitz and Stegun 26.7.1.
    private static double Tail(double t, double freedom) =>
        IncompleteBeta.Regularised(freedom / (freedom + (t * t)), freedom / 2, 0.5) / 2;
}
