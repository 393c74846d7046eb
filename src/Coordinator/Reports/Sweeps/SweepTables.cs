using System.Globalization;
using Nudge.Running;
using Nudge.Statistics;
using Nudge.Sweeps;
using Nudge.Sweeps.Analysis;

namespace Nudge.Reports.Sweeps;

/// <summary>The tables of a report, as cells of text.</summary>
internal static class SweepTables
{
    private const string Nothing = "–";
    private const int MostValues = 12;

    private static readonly (string Metric, string Header, string Format)[] Others =
    [
        (MetricNames.AccuracySynchronous, "in lockstep#", "0.0 %"), (MetricNames.AccuracyPosterior, "by posterior#", "0.0 %"),
        (MetricNames.Symmetry, "symmetry#", "0.000"),
        (MetricNames.PhaseLag, "phase lag#", "0.000"),
        (MetricNames.Staleness, "staleness (τ)#", "0.00"), (MetricNames.Gated, "gated#", "N0"),
        (MetricNames.WrongSign, "wrong sign#", "N0"),
    ];

    internal static void Varied(IReportPage page, SweepGrid grid) => page.Table(
        ["setting", "values", "number#"],
        grid.Variations.Select(one => (IReadOnlyList<string>)
            [one.Path, Listed([.. one.Values.Select(Variation.Shown)]), $"{one.Values.Count}"]));

    internal static void Tolerances(IReportPage page, SweepData data, IReadOnlyList<CurveTolerance> all)
    {
        bool named = all.Any(one => one.Curve.Name.Length > 0);
        string[] header = ["best end of the range#", $"{data.Measure.Name} there#", "one point lower at#", "halfway to chance at#"];
        page.Table(named ? ["curve", .. header] : header, all.Where(one => one.Curve.Samples.Count > 0).Select(one =>
        {
            double begin = ToleranceText.Begin(one.Curve);
            double best = one.Curve.Samples.First(sample => sample.X == begin).Mean.Centre;
            string[] cells =
            [
                Variation.Shown(begin),
                data.Measure.Text(best),
                ToleranceText.Of(one.OnePoint, one.Curve),
                ToleranceText.Of(one.Halfway, one.Curve),
            ];
            return (IReadOnlyList<string>)(named ? [one.Curve.Name, .. cells] : cells);
        }));
    }

    internal static void Comparisons(IReportPage page, SweepData data, IReadOnlyList<Comparison> all)
    {
        bool placed = all.Any(one => one.Where.Length > 0);
        string unit = data.Measure.DifferenceUnit;
        string[] header = [$"difference ({unit.Trim()})#", "95 % interval#", "p#", "adjusted p#", "seeds#", ""];
        page.Table(placed ? ["first", "second", "at", .. header] : ["first", "second", .. header], all.Select(one =>
        {
            string[] cells =
            [
                double.IsFinite(one.Difference.Centre) ? Bare(one.Difference.Centre) : Nothing,
                one.Difference.IsKnown ? $"{Bare(one.Difference.Low)} to {Bare(one.Difference.High)}" : Nothing,
                Probability(one.P),
                Probability(one.Adjusted),
                $"{one.Seeds.First}, {one.Seeds.Second}",
                !one.IsTold ? "not to be told apart" : one.Difference.Centre > 0 ? "first is higher" : "second is higher",
            ];
            return (IReadOnlyList<string>)(placed
                ? [one.First, one.Second, one.Where, .. cells]
                : [one.First, one.Second, .. cells]);
        }));

        string Bare(double difference) => data.Measure.DifferenceText(difference)[..^unit.Length];
    }

    internal static void Points(IReportPage page, SweepData data, IEnumerable<SweepPoint> points)
    {
        ILookup<int, SweepRow> rows = data.Rows.ToLookup(row => row.Point);
        var others = Others.Where(one => one.Metric != data.Measure.Metric && data.Rows.Any(row => row.Value(one.Metric) is > 0)).ToArray();
        bool targeted = data.Rows.Any(row => row.Value(MetricNames.Reached) is not null);
        string[] settings = [.. data.Grid.Variations.Select(one => data.Grid.Names.Of(one.Path) + (one.IsNumeric ? "#" : ""))];
        page.Table(
            [
                .. settings, "n#", "failed#", .. targeted ? ["reached#"] : Array.Empty<string>(), $"mean {data.Measure.Name}#", "95 % interval#", "messages lost#",
                .. others.Select(one => one.Header),
            ],
            points.Select(point =>
            {
                SweepRow[] here = [.. rows[point.Number]];
                Interval mean = data.Measure.MeanOf([.. SweepMeasure.Values(data.Measure, here).Select(one => one.Value)]);
                return (IReadOnlyList<string>)
                [
                    .. point.Values.Select(Variation.Shown),
                    $"{here.Count(row => row.Status == "done")}",
                    $"{here.Count(row => row.Status == "failed")}",
                    .. targeted ? [$"{here.Count(row => row.Value(MetricNames.Reached) is 1)}"] : Array.Empty<string>(),
                    double.IsFinite(mean.Centre) ? data.Measure.Text(mean.Centre) : Nothing,
                    mean.IsKnown ? $"{data.Measure.Digits(mean.Low)} to {data.Measure.Text(mean.High)}" : Nothing,
                    Mean(here.Select(row => row.Value(MetricNames.Lost) / row.Value(MetricNames.Sent)), "0.0 %"),
                    .. others.Select(one => Mean(here.Select(row => row.Value(one.Metric)), one.Format)),
                ];
            }));
    }

    internal static void Tuned(IReportPage page, SweepData data, TunedSweep tuned) => page.Table(
        [
            .. data.Grid.Variations.Select(one => data.Grid.Names.Of(one.Path) + (one.IsNumeric ? "#" : "")),
            "chosen (seeds)",
            .. tuned.Setting.Values.Select(value => $"mean at {Variation.Shown(value)}#"),
        ],
        tuned.Points.Select(one => (IReadOnlyList<string>)
        [
            .. one.Point.Values.Select(Variation.Shown),
            one.Chosen(tuned.Setting),
            .. one.Means.Select(mean => mean is double known ? data.Measure.Text(known) : Nothing),
        ]));

    private static string Listed(string[] values) => values.Length <= MostValues
        ? string.Join(", ", values)
        : $"{string.Join(", ", values.Take(MostValues / 2))}, …, {values[^1]}";

    private static string Mean(IEnumerable<double?> values, string format)
    {
        double mean = Sample.Mean([.. values.OfType<double>()]);
        return double.IsFinite(mean) ? mean.ToString(format, CultureInfo.InvariantCulture) : Nothing;
    }

    private static string Probability(double p) => double.IsNaN(p) ? Nothing
        : p < 0.001 ? "< 0.001" : p.ToString("0.000", CultureInfo.InvariantCulture);
}
