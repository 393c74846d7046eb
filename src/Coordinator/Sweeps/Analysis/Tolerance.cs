using Nudge.Randomness;

namespace Nudge.Sweeps.Analysis;

/// <summary>
/// The value of a setting at which accuracy has fallen by an amount, counted from the better end of the range: by
/// interpolation between the means, with a 95 % interval by resampling whole seeds (percentiles).
/// </summary>
/// <param name="At">The value; null where it is not reached within the range.</param>
/// <param name="Low">The end of the interval that is nearer to where counting begins; null where it is not reached.</param>
/// <param name="High">The farther end; null where it is not reached.</param>
/// <param name="HasInterval">Whether there were enough seeds for one.</param>
internal sealed record Tolerance(double? At, double? Low, double? High, bool HasInterval)
{
    private const int Draws = 2000;
    private const int FewestSeeds = 3;
    private const double Tail = 0.025;

    /// <summary>Finds it.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="scale">Where values lie; interpolation is straight there.</param>
    /// <param name="threshold">The accuracy that is too low, given that at the better end.</param>
    /// <param name="stream">Names the random draws of this interval.</param>
    internal static Tolerance Of(ToleranceCurve curve, AxisScale scale, Func<double, double> threshold, int stream)
    {
        if (curve.Samples.Count == 0)
            return new(null, null, null, false);
        CurveSample[] samples = [.. curve.Samples];
        if (samples[^1].Mean.Centre > samples[0].Mean.Centre)
            Array.Reverse(samples);
        double[] places = [.. samples.Select(sample => scale.Place(sample.X))];
        double? at = Crossing(places, [.. samples.Select(sample => sample.Mean.Centre)], threshold);
        ulong[] seeds = [.. samples.SelectMany(sample => sample.BySeed.Keys).Distinct().Order()];
        if (seeds.Length < FewestSeeds)
            return new(Value(at), null, null, false);
        double?[] drawn = Resampled(samples, places, seeds, threshold, stream);
        // A value that is not reached sorts after all others.
        double?[] sorted = [.. drawn.OrderBy(one => one is null).ThenBy(one => Distance(one))];
        int cut = (int)(Tail * Draws);
        return new(Value(at), Value(sorted[cut]), Value(sorted[^(cut + 1)]), true);

        double? Value(double? place) => place is double known ? scale.Value(known) : null;
        double Distance(double? place) => Math.Abs((place ?? places[0]) - places[0]);
    }

    /// <summary>Where straight lines between points first reach a threshold from above; null where they do not.</summary>
    internal static double? Crossing(double[] places, double[] means, Func<double, double> threshold)
    {
        double low = threshold(means[0]);
        // Accuracy that is no better than chance cannot fall.
        if (low >= means[0])
            return null;
        for (int i = 1; i < means.Length; i++)
        {
            if (means[i] > low)
                continue;
            double part = (means[i - 1] - low) / (means[i - 1] - means[i]);
            return places[i - 1] + (part * (places[i] - places[i - 1]));
        }

        return null;
    }

    private static double?[] Resampled(
        CurveSample[] samples, double[] places, ulong[] seeds, Func<double, double> threshold, int stream)
    {
        var key = new RandomKey(0, RandomPurpose.Bootstrap, (ulong)stream);
        double?[] drawn = new double?[Draws];
        ulong[] chosen = new ulong[seeds.Length];
        for (int draw = 0; draw < Draws; draw++)
        {
            for (int i = 0; i < chosen.Length; i++)
                chosen[i] = seeds[(int)(key.Draw((ulong)((draw * chosen.Length) + i)).First * seeds.Length)];
            drawn[draw] = Crossing(places, [.. samples.Select(sample => Mean(sample, chosen))], threshold);
        }

        return drawn;
    }

    // Where none of the seeds that were drawn has a value, the mean of all stands in.
    private static double Mean(CurveSample sample, ulong[] seeds)
    {
        double sum = 0;
        int count = 0;
        foreach (ulong seed in seeds)
        {
            if (!sample.BySeed.TryGetValue(seed, out double value))
                continue;
            sum += value;
            count++;
        }

        return count > 0 ? sum / count : sample.Mean.Centre;
    }
}
