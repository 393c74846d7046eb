using Nudge.Measurements;

namespace Nudge.Sweeps;

/// <summary>
/// A sweep without the setting that was tuned. Each seed counts with its run at the value that was best on average for the
/// other seeds: no run takes part in the choice of its own value, so that the best of several does not look better than it is.
/// </summary>
internal sealed class TunedSweep
{
    private TunedSweep(SweepGrid grid, Variation setting, IReadOnlyList<TunedPoint> points)
    {
        Grid = grid;
        Setting = setting;
        Points = points;
        Rows = [.. points.SelectMany(point => point.Rows)];
    }

    /// <summary>The settings that are left.</summary>
    internal SweepGrid Grid { get; }

    /// <summary>The setting that was tuned.</summary>
    internal Variation Setting { get; }

    /// <summary>The points that are left.</summary>
    internal IReadOnlyList<TunedPoint> Points { get; }

    /// <summary>The chosen runs, by the numbers of the points that are left.</summary>
    internal IReadOnlyList<SweepRow> Rows { get; }

    /// <summary>Chooses the runs, or gives null where no setting was tuned.</summary>
    internal static TunedSweep? Of(SweepGrid grid, IReadOnlyList<SweepRow> rows, Measure measure)
    {
        if (grid.Tuned is not { } setting)
            return null;
        int values = setting.Values.Count;
        ILookup<int, SweepRow> byPoint = rows.ToLookup(row => row.Point);
        SweepGrid left = grid.WithoutTuned();
        // The tuned setting is the last one, which changes fastest.
        return new(left, setting,
        [
            .. left.Points().Select(point => Choose(
                point,
                [.. Enumerable.Range(0, values).Select(value =>
                    (IReadOnlyDictionary<ulong, SweepRow>)byPoint[(point.Number * values) + value].ToDictionary(row => row.Seed))],
                measure)),
        ]);
    }

    private static TunedPoint Choose(SweepPoint point, IReadOnlyDictionary<ulong, SweepRow>[] runs, Measure measure)
    {
        ulong[] seeds = [.. runs.SelectMany(one => one.Keys).Distinct().Order()];
        int[] chosen = [.. seeds.Select(seed => Best(runs, measure, seeds.Length > 1 ? seed : null)!.Value)];
        return new(
            point,
            [
                .. seeds.Select((seed, i) => (seed, Value: chosen[i]))
                    .Where(one => runs[one.Value].ContainsKey(one.seed))
                    .Select(one => runs[one.Value][one.seed] with { Point = point.Number }),
            ],
            [.. Enumerable.Range(0, runs.Length).Select(value => chosen.Count(one => one == value))],
            [.. runs.Select(one => MeanOf(one, measure, null).Mean)],
            Best(runs, measure, null));
    }

    // A value at which more runs gave a number is better than one at which some failed; the first of equals is taken.
    private static int? Best(IReadOnlyDictionary<ulong, SweepRow>[] runs, Measure measure, ulong? without)
    {
        int? best = null;
        (int Count, double? Mean) most = (-1, null);
        for (int value = 0; value < runs.Length; value++)
        {
            (int Count, double? Mean) here = MeanOf(runs[value], measure, without);
            bool better = here.Count > most.Count
                || (here.Count == most.Count && (measure.LowerIsBetter ? here.Mean < most.Mean : here.Mean > most.Mean));
            if (better)
                (best, most) = (value, here);
        }

        return best;
    }

    private static (int Count, double? Mean) MeanOf(IReadOnlyDictionary<ulong, SweepRow> runs, Measure measure, ulong? without)
    {
        double[] values =
        [
            .. runs.Values.Where(row => row.Seed != without).OrderBy(row => row.Seed)
                .Select(row => row.Value(measure.Metric)).OfType<double>(),
        ];
        return (values.Length, values.Length > 0 ? values.Average() : null);
    }
}

/// <summary>A point of a sweep without the setting that was tuned.</summary>
/// <param name="Point">The settings that are left.</param>
/// <param name="Rows">The chosen run of each seed.</param>
/// <param name="Seeds">For each value of the tuned setting, how many seeds count with it.</param>
/// <param name="Means">For each value, the mean over all its runs; null where none gave a number.</param>
/// <param name="Best">The value whose mean is best; null where there are no runs.</param>
internal sealed record TunedPoint(
    SweepPoint Point, IReadOnlyList<SweepRow> Rows, IReadOnlyList<int> Seeds, IReadOnlyList<double?> Means, int? Best)
{
    /// <summary>The values that were chosen, with how many seeds count with each.</summary>
    internal string Chosen(Variation setting) => string.Join(", ", Enumerable.Range(0, Seeds.Count)
        .Where(value => Seeds[value] > 0)
        .Select(value => $"{Variation.Shown(setting.Values[value])} ({Seeds[value]})"));
}
