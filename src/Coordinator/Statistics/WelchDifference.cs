namespace Nudge.Statistics;

/// <summary>The difference of two means whose spreads need not be alike (Welch 1947).</summary>
/// <param name="Centre">First mean less second.</param>
/// <param name="Error">Its standard error; not-a-number where either has fewer than two values.</param>
/// <param name="Freedom">Degrees of freedom, by Welch and Satterthwaite.</param>
public readonly record struct WelchDifference(double Centre, double Error, double Freedom)
{
    /// <summary>
    /// The probability of a difference as large as this by chance, where there is none; not-a-number where too few values
    /// do not show their spread.
    /// </summary>
    public double PValue
    {
        get
        {
            if (double.IsNaN(Error))
                return double.NaN;
            // Values that are all equal on both sides leave nothing to chance.
            if (Error == 0)
                return Centre == 0 ? 1 : 0;
            return StudentT.TwoSided(Centre / Error, Freedom);
        }
    }

    /// <summary>Compares two samples of independent values.</summary>
    /// <param name="first">One.</param>
    /// <param name="second">The other.</param>
    public static WelchDifference Of(IReadOnlyCollection<double> first, IReadOnlyCollection<double> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        double a = Sample.Variance(first) / first.Count;
        double b = Sample.Variance(second) / second.Count;
        // Relative to the larger, since squares of very small ones would be 0.
        double larger = Math.Max(a, b);
        (double x, double y) = (a / larger, b / larger);
        double freedom = (x + y) * (x + y) / ((x * x / (first.Count - 1)) + (y * y / (second.Count - 1)));
        return new(Sample.Mean(first) - Sample.Mean(second), Math.Sqrt(a + b), freedom);
    }
}
