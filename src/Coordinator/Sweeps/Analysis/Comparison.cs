using Nudge.Statistics;

namespace Nudge.Sweeps.Analysis;

/// <summary>The difference between two choices of words, all else equal.</summary>
/// <param name="First">One.</param>
/// <param name="Second">The other.</param>
/// <param name="Where">What else varies, in words.</param>
/// <param name="Difference">Mean of the first less that of the second, with Welch's 95 % interval.</param>
/// <param name="Seeds">Runs of either.</param>
/// <param name="P">Welch's p-value.</param>
/// <param name="Adjusted">The same, adjusted for all differences that are reported (Holm).</param>
internal sealed record Comparison(
    string First, string Second, string Where, Interval Difference, (int First, int Second) Seeds, double P, double Adjusted)
{
    private const double Level = 0.05;
    private const int Most = 300;

    /// <summary>Whether it can be distinguished from chance.</summary>
    internal bool IsTold => Adjusted < Level;

    /// <summary>
    /// All pairs that differ in one setting of words, at each value of the first numeric setting; other numbers stay at their
    /// first value.
    /// </summary>
    internal static IReadOnlyList<Comparison> All(SweepData data)
    {
        if (data.Wordy.Count == 0)
            return [];
        int[] places = [.. data.Numeric.Take(1)];
        IReadOnlyList<int[]> words = data.Choices(data.Wordy);
        IReadOnlyList<int[]> at = data.Choices(places);
        var pairs =
            from i in Enumerable.Range(0, words.Count)
            from j in Enumerable.Range(i + 1, words.Count - i - 1)
            where data.Wordy.Count(one => words[i][one] != words[j][one]) == 1
            from place in at
            select Pair(data, words[i], words[j], place, places);
        Comparison[] all = [.. pairs.Take(Most)];
        IReadOnlyList<double> adjusted = Holm.Adjust([.. all.Select(one => one.P)]);
        return [.. all.Select((one, i) => one with { Adjusted = adjusted[i] })];
    }

    private static Comparison Pair(SweepData data, int[] first, int[] second, int[] place, int[] places)
    {
        double[] a = Values(first);
        double[] b = Values(second);
        return new(
            data.Describe(first, data.Wordy),
            data.Describe(second, data.Wordy),
            data.Describe(place, places),
            data.Measure.DifferenceOf(a, b),
            (a.Length, b.Length),
            WelchDifference.Of(a, b).PValue,
            double.NaN);

        double[] Values(int[] words) =>
            [.. data.At(places.Aggregate(words, (choice, one) => SweepData.With(choice, one, place[one]))).Values];
    }
}
