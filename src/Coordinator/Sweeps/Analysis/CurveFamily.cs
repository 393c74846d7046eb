namespace Nudge.Sweeps.Analysis;

/// <summary>The curves over one numeric setting: one for each combination of the others.</summary>
/// <param name="Axis">Number of the setting.</param>
/// <param name="Curves">All curves.</param>
/// <param name="Shown">Those that a figure has room for.</param>
/// <param name="Held">What is the same in all shown ones, in words; empty where nothing else varies.</param>
/// <param name="Split">The words that this figure is for, where there are several; empty where one has room for all.</param>
/// <param name="ByWords">Whether the shown ones differ in words, and not in numbers.</param>
internal sealed record CurveFamily(
    int Axis,
    IReadOnlyList<ToleranceCurve> Curves,
    IReadOnlyList<ToleranceCurve> Shown,
    string Held,
    string Split,
    bool ByWords)
{
    private const int Most = 8;

    /// <summary>The figures over a setting: one, or one for each word of a second setting of words where one has no room.</summary>
    internal static IEnumerable<CurveFamily> All(SweepData data, int axis)
    {
        bool fits = data.Wordy.Aggregate(1L, (count, one) => count * data.Grid.Variations[one].Values.Count) <= Most;
        int[] split = fits ? [] : [.. data.Wordy.Skip(1)];
        return data.Choices(split).Select(at => Of(data, axis, at, split));
    }

    private static CurveFamily Of(SweepData data, int axis, int[] at, int[] split)
    {
        int[] others = [.. Enumerable.Range(0, data.Grid.Variations.Count).Where(i => i != axis && !split.Contains(i))];
        int[] numbers = [.. others.Where(i => data.Grid.Variations[i].IsNumeric)];
        int[] words = [.. others.Except(numbers)];
        // Rules side by side are what a sweep over words asks for; heat maps show the numbers then.
        int[] series = words.Length > 0 ? words : [.. numbers.Take(1)];
        int[] held = [.. others.Except(series)];
        return new(
            axis,
            [.. data.Choices(others, at).Select(choice => ToleranceCurve.Of(data, axis, choice, others))],
            Thinned([.. data.Choices(series, at).Select(choice => ToleranceCurve.Of(data, axis, choice, series))]),
            data.Describe(at, [.. split, .. held]),
            data.Describe(at, split),
            words.Length > 0);
    }

    // Evenly spaced, the first and the last among them.
    private static ToleranceCurve[] Thinned(ToleranceCurve[] curves) => curves.Length <= Most
        ? curves
        : [.. Enumerable.Range(0, Most).Select(i => curves[i * (curves.Length - 1) / (Most - 1)])];
}
