namespace Nudge.Statistics;

/// <summary>A two-sided confidence interval.</summary>
/// <param name="Centre">The estimate.</param>
/// <param name="Low">Its lower end; not-a-number where too few values do not show their spread.</param>
/// <param name="High">Its upper end, likewise.</param>
public readonly record struct Interval(double Centre, double Low, double High)
{
    private const double Usual = 0.95;

    /// <summary>Whether there were enough values to have ends.</summary>
    public bool IsKnown => !double.IsNaN(Low) && !double.IsNaN(High);

    /// <summary>Whether a value lies inside, the ends included.</summary>
    public bool Contains(double value) => Low <= value && value <= High;

    /// <summary>Student's interval of a mean, x̄ ± t·s/√n, cut at its bounds; without ends below two values.</summary>
    /// <param name="values">Independent values.</param>
    /// <param name="bounds">Of the values, and so of their mean.</param>
    /// <param name="confidence">How often such intervals hold the true mean.</param>
    public static Interval OfMean(IReadOnlyCollection<double> values, Bounds bounds, double confidence = Usual)
    {
        ArgumentNullException.ThrowIfNull(values);
        double error = Math.Sqrt(Sample.Variance(values) / values.Count);
        return Around(Sample.Mean(values), error, values.Count - 1, confidence).Within(bounds);
    }

    /// <summary>
    /// Welch's interval of the difference of two means, first less second, whose spreads need not be alike (Welch
    /// 1947), cut at its bounds; without ends where either has fewer than two values.
    /// </summary>
    /// <param name="first">Independent values.</param>
    /// <param name="second">Independent values.</param>
    /// <param name="bounds">Of the values of both.</param>
    /// <param name="confidence">How often such intervals hold the true difference.</param>
    public static Interval OfDifference(
        IReadOnlyCollection<double> first, IReadOnlyCollection<double> second, Bounds bounds, double confidence = Usual)
    {
        var welch = WelchDifference.Of(first, second);
        return Around(welch.Centre, welch.Error, welch.Freedom, confidence).Within(bounds.OfDifferences());
    }

    // No true mean lies beyond the bounds, so that cutting costs no coverage. It leaves an interval that stays within them as it is,
    // where a transformed scale would move every interval. Rounding alone can carry a centre over a bound.
    private Interval Within(Bounds bounds) => new(bounds.Nearest(Centre), bounds.Nearest(Low), bounds.Nearest(High));

    private static Interval Around(double centre, double error, double freedom, double confidence)
    {
        if (double.IsNaN(error))
            return new(centre, double.NaN, double.NaN);
        // Values that are all equal leave no degrees of freedom, and no width either.
        double reach = error == 0 ? 0 : error * StudentT.Quantile((1 + confidence) / 2, freedom);
        return new(centre, centre - reach, centre + reach);
    }
}
