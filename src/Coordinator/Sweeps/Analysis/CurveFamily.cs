namespace Nudge.Sweeps.Analysis;

/// <summary>The curves over one numeric setting: one for each combination of the others.</summary>
/// <param name="Axis">Number of the setting.</param>
/// <param name="All">All curves.</param>
/// <param name="Shown">Those that a figure has room for.</param>
/// <param name="Held">What is the same in all shown ones, in words; empty where nothing else varies.</param>
/// <param name="ByWords">Whether the shown ones differ in words, and not in numbers.</param>
internal sealed record CurveFamily(
    int Axis, IReadOnlyList<ToleranceCurve> All, IReadOnlyList<ToleranceCurve> Shown, string Held, bool ByWords)
{
    private const int Most = 8;

    internal static CurveFamily Of(SweepData data, int axis)
    {
        int[] others = [.. Enumerable.Range(0, data.Grid.Variations.Count).Where(i => i != axis)];
        int[] numbers = [.. others.Where(i => data.Grid.Variations[i].IsNumeric)];
        bool byWords = data.Wordy.Count > 0;
        // Rules side by side are what a sweep over words asks for; heat maps show the numbers then.
        int[] series = byWords ? [.. data.Wordy] : [.. numbers.Take(1)];
        int[] held = [.. others.Except(series)];
        return new(
            axis,
            [.. data.Choices(others).Select(choice => ToleranceCurve.Of(data, axis, choice, others))],
            Thinned([.. data.Choices(series).Select(choice => ToleranceCurve.Of(data, axis, choice, series))]),
            data.Describe(new int[data.Grid.Variations.Count], held),
            byWords);
    }

    // Evenly spaced, the first and the last among them.
    private static ToleranceCurve[] Thinned(ToleranceCurve[] curves) => curves.Length <= Most
        ? curves
        : [.. Enumerable.Range(0, Most).Select(i => curves[i * (curves.Length - 1) / (Most - 1)])];
}
