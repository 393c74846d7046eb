using Nudge.Sweeps;
using Nudge.Sweeps.Analysis;

namespace Nudge.Reports.Sweeps;

/// <summary>The results of a sweep, in sentences; each difference in them rests on a statistical test.</summary>
internal static class SweepSentences
{
    private const int MostPairs = 12;
    private const int MostAlike = 3;
    private const int MostCurves = 4;

    /// <summary>The tolerances of the curves that a figure shows.</summary>
    internal static IEnumerable<string> Of(SweepData data, CurveFamily family, IReadOnlyList<CurveTolerance> tolerances)
    {
        string setting = data.Grid.Names.Of(data.Grid.Variations[family.Axis].Path);
        CurveTolerance[] all = [.. tolerances.Where(one => one.Curve.Samples.Count > 1)];
        // The tables hold all of them; of a numeric scale the two ends are enough; a name cannot represent another.
        foreach (CurveTolerance one in family.ByWords || all.Length <= MostCurves ? all : [all[0], all[^1]])
        {
            string[] where = [.. new[] { one.Curve.Name, family.Held }.Where(part => part.Length > 0)];
            string given = where.Length > 0 ? $" at {string.Join(", ", where)}" : "";
            string half = one.Halfway is null ? ""
                : $"; halfway to chance: {ToleranceText.Of(one.Halfway, one.Curve)}";
            double begin = ToleranceText.Begin(one.Curve);
            yield return $"Tolerance of {setting}{given}, counted from {Variation.Shown(begin)}. "
                + $"Accuracy one point lower: {ToleranceText.Of(one.OnePoint, one.Curve)}{half}.";
        }
    }

    /// <summary>How often each pair of names can be distinguished.</summary>
    internal static IEnumerable<string> Of(SweepData data, IReadOnlyList<Comparison> comparisons)
    {
        var pairs = comparisons.GroupBy(one => (one.First, one.Second)).ToArray();
        int alike = pairs.Count(pair => !pair.Any(one => one.IsTold));
        var reported = pairs.Where(pair => alike <= MostAlike || pair.Any(one => one.IsTold)).ToArray();
        if (alike > MostAlike)
        {
            yield return $"{alike} of {pairs.Length} pairs show no difference in {data.Measure.Name} that can be told from chance "
                + "(Welch's test over seeds, adjusted by Holm).";
        }

        if (reported.Length > MostPairs)
            yield return $"The first {MostPairs} of {reported.Length} pairs; the table below has all:";
        foreach (var pair in reported.Take(MostPairs))
        {
            int higher = pair.Count(one => one.IsTold && one.Difference.Centre > 0);
            int lower = pair.Count(one => one.IsTold && one.Difference.Centre < 0);
            int all = pair.Count();
            string name = data.Measure.Name;
            string verdict = (higher, lower, all) switch
            {
                (0, 0, 1) => $"no difference in {name} that can be told from chance",
                (0, 0, _) => $"no difference in {name} that can be told from chance, at any of {all} values",
                (_, _, 1) => $"the {name} of {pair.Key.First} is {(higher > 0 ? "higher" : "lower")}",
                _ => $"the {name} of {pair.Key.First} is higher at {higher}, lower at {lower} "
                    + $"and not to be told apart at {all - higher - lower} of {all} values",
            };
            yield return $"{pair.Key.First} against {pair.Key.Second}: {verdict} (Welch's test over seeds, adjusted by Holm).";
        }
    }

    /// <summary>Where the best value of the tuned setting lies at an end of its range, so that a better one may lie outside.</summary>
    internal static string? OfEdges(TunedSweep tuned)
    {
        int known = tuned.Points.Count(point => point.Best is not null);
        int edges = tuned.Points.Count(point => point.Best is { } best && (best == 0 || best == tuned.Setting.Values.Count - 1));
        return edges == 0 ? null
            : $"The best value of {tuned.Setting.Path} is the first or last of its range at {edges} of {known} points: a better one may "
                + "lie outside.";
    }
}
