namespace Nudge.Statistics;

/// <summary>
/// Adjusts the p-values of several tests (Holm 1979): where none of the differences is real, one of them falls below 0.05
/// with a probability of at most 0.05.
/// </summary>
public static class Holm
{
    /// <summary>The adjusted values, in the order of the given ones; those not known stay so and count for nothing.</summary>
    public static IReadOnlyList<double> Adjust(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] adjusted = [.. values];
        int[] known = [.. Enumerable.Range(0, values.Count).Where(i => !double.IsNaN(values[i])).OrderBy(i => values[i])];
        double highest = 0;
        for (int rank = 0; rank < known.Length; rank++)
        {
            highest = Math.Max(highest, Math.Min(1, (known.Length - rank) * values[known[rank]]));
            adjusted[known[rank]] = highest;
        }

        return adjusted;
    }
}
