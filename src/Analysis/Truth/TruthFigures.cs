namespace Nudge.Truth;

/// <summary>How the updates of some connections compare with their exact gradient ∇; u is the update of one phase.</summary>
/// <remarks>Where ∇ vanishes there is nothing to compare with: all but the variance are not a number.</remarks>
/// <param name="Cosine">Of the angle between E u and ∇.</param>
/// <param name="SignAgreement">Share of entries of E u with the sign that ∇ has.</param>
/// <param name="Bias">‖E u − ∇‖ / ‖∇‖; even without any bias it is about <paramref name="BiasError"/>.</param>
/// <param name="BiasError">Standard error of E u, relative to ‖∇‖.</param>
/// <param name="Slope">E u·∇ / ‖∇‖²: 1 without bias.</param>
/// <param name="SlopeError">Its standard error.</param>
/// <param name="Variance">E‖u‖² − ‖E u‖², per phase.</param>
/// <param name="SignalToNoise">‖∇‖ / √variance, per phase.</param>
public sealed record TruthFigures(
    double Cosine,
    double SignAgreement,
    double Bias,
    double BiasError,
    double Slope,
    double SlopeError,
    double Variance,
    double SignalToNoise)
{
    /// <summary>Whether ∇ is zero, so that there is nothing to compare with.</summary>
    public bool GradientIsZero => double.IsNaN(Slope);

    // Shorter than this, a gradient is what rounding and the tolerance of a fixed point have left of zero.
    private const double Vanishing = 1e-8;

    // Where no connection learns.
    private static TruthFigures Nothing { get; } = new(
        double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, 0, double.NaN);

    internal static TruthFigures Of(IReadOnlyList<(UpdateSeries Series, double[] Gradient)> parts)
    {
        if (parts.Count == 0)
            return Nothing;
        int blocks = parts[0].Series.Blocks;
        double[] mean = [.. parts.SelectMany(part => part.Series.Mean())];
        double[] gradient = [.. parts.SelectMany(part => part.Gradient)];
        double[] along = new double[blocks];
        double spread = 0;
        for (int block = 0; block < blocks; block++)
        {
            double[] one = [.. parts.SelectMany(part => part.Series.BlockMean(block))];
            along[block] = Dot(one, gradient);
            spread += SquaredDistance(one, mean) / (blocks - 1) / blocks;
        }

        (double dot, double power, double exact) = (Dot(mean, gradient), Dot(mean, mean), Dot(gradient, gradient));
        if (exact < Vanishing * Vanishing)
            exact = double.NaN;
        double variance = parts.Sum(part => part.Series.SecondMoment) - power;
        double alongError = Math.Sqrt(along.Sum(value => (value - dot) * (value - dot)) / (blocks - 1) / blocks);
        return new(
            power == 0 && !double.IsNaN(exact) ? 0 : dot / Math.Sqrt(power * exact),
            double.IsNaN(exact) ? double.NaN : SignsShared(mean, gradient),
            Math.Sqrt(SquaredDistance(mean, gradient) / exact),
            Math.Sqrt(spread / exact),
            dot / exact,
            alongError / exact,
            variance,
            Math.Sqrt(exact / variance));
    }

    private static double SignsShared(double[] mean, double[] gradient)
    {
        (long same, long all) = (0, 0);
        for (int i = 0; i < mean.Length; i++)
        {
            all += gradient[i] != 0 ? 1 : 0;
            same += gradient[i] != 0 && Math.Sign(mean[i]) == Math.Sign(gradient[i]) ? 1 : 0;
        }

        return (double)same / all;
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static double SquaredDistance(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }
}
