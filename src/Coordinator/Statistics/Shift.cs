namespace Nudge.Statistics;

/// <summary>
/// How far one sample lies from another, by ranks (Hodges and Lehmann 1963; Moses 1965): the median of all differences of
/// two values, with the interval that the rank-sum test does not reject. A few runs that got stuck, which a mean follows,
/// hardly move it.
/// </summary>
public static class Shift
{
    // The standard normal law's 97.5 % quantile.
    private const double TwoSided = 1.959963984540054;

    /// <summary>The shift of a against b with its 95 % interval, in the normal approximation of the rank sum.</summary>
    /// <param name="a">One sample.</param>
    /// <param name="b">The other.</param>
    public static Interval Of(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        double[] differences = [.. from x in a from y in b select x - y];
        if (differences.Length == 0)
            return new(double.NaN, double.NaN, double.NaN);
        Array.Sort(differences);
        double centre = Sample.Median(differences);
        double spread = Math.Sqrt(differences.Length * (a.Count + b.Count + 1) / 12.0);
        int cut = (int)Math.Floor((differences.Length / 2.0) - (TwoSided * spread));
        return cut < 1
            ? new(centre, double.NaN, double.NaN)
            : new(centre, differences[cut - 1], differences[^cut]);
    }
}
