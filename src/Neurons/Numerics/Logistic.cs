namespace Nudge.Numerics;

/// <summary>The logistic function and its integral in double precision, for any argument.</summary>
internal static class Logistic
{
    // A product of so many factors of at most 2 cannot overflow.
    private const int FactorsPerLogarithm = 512;

    /// <summary>1 / (1 + e^(−x)).</summary>
    internal static double Sigmoid(double x)
    {
        double small = Elementary.Exp(-Math.Abs(x));
        return x >= 0 ? 1 / (1 + small) : small / (1 + small);
    }

    /// <summary>log(1 + e^x).</summary>
    internal static double Softplus(double x) => Math.Max(x, 0) + Elementary.Log(1 + Elementary.Exp(-Math.Abs(x)));

    /// <summary>Σ log(1 + e^x), with one logarithm for many terms.</summary>
    internal static double SoftplusSum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        for (int first = 0; first < values.Length; first += FactorsPerLogarithm)
        {
            double product = 1;
            foreach (double x in values[first..Math.Min(first + FactorsPerLogarithm, values.Length)])
            {
                sum += Math.Max(x, 0);
                product *= 1 + Elementary.Exp(-Math.Abs(x));
            }

            sum += Elementary.Log(product);
        }

        return sum;
    }

    /// <summary>Σ log(1 + e^x) as above; writes the logistic function of each value too.</summary>
    internal static double SoftplusSum(ReadOnlySpan<double> values, Span<double> sigmoids)
    {
        double sum = 0;
        for (int first = 0; first < values.Length; first += FactorsPerLogarithm)
        {
            double product = 1;
            for (int i = first; i < Math.Min(first + FactorsPerLogarithm, values.Length); i++)
            {
                double small = Elementary.Exp(-Math.Abs(values[i]));
                sum += Math.Max(values[i], 0);
                product *= 1 + small;
                sigmoids[i] = (values[i] >= 0 ? 1 : small) / (1 + small);
            }

            sum += Elementary.Log(product);
        }

        return sum;
    }
}
