namespace Nudge.Statistics;

/// <summary>What describes a handful of numbers. Empty samples give not-a-number.</summary>
public static class Sample
{
    /// <summary>The arithmetic mean.</summary>
    public static double Mean(IReadOnlyCollection<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Count == 0 ? double.NaN : values.Sum() / values.Count;
    }

    /// <summary>The unbiased variance, Σ(x − x̄)² / (n − 1); not-a-number below two values.</summary>
    public static double Variance(IReadOnlyCollection<double> values)
    {
        double mean = Mean(values);
        // Deviations from the mean, not the difference of squares, which cancels where values lie close together.
        return values.Count < 2 ? double.NaN : values.Sum(x => (x - mean) * (x - mean)) / (values.Count - 1);
    }

    /// <summary>The square root of <see cref="Variance"/>.</summary>
    public static double StandardDeviation(IReadOnlyCollection<double> values) => Math.Sqrt(Variance(values));

    /// <summary>The value in the middle, or the mean of the two that are.</summary>
    public static double Median(IReadOnlyCollection<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
            return double.NaN;
        double[] sorted = [.. values.Order()];
        int half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
