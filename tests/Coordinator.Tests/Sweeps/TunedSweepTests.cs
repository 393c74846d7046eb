using CsCheck;
using Nudge.Experiments;
using Nudge.Measurements;
using Nudge.Running;
using Nudge.Sweeps;

namespace Nudge.Coordinator.Tests.Sweeps;

/// <summary>Sweeps in which one setting is tuned at every point.</summary>
public sealed class TunedSweepTests
{
    private const string Tune = "learning.rateFactor=0.5,1,2";

    [Fact]
    public void Each_seed_counts_at_the_value_that_was_best_for_the_others()
    {
        // Seed 3 does best at 2, but for it the others decide; for the others it counts towards 2 and does not outweigh them.
        TunedSweep tuned = Of(Rows([[0.5, 0.6, 0.1], [0.4, 0.7, 0.2], [0.3, 0.6, 0.9]]));

        TunedPoint point = Assert.Single(tuned.Points);
        Assert.Equal([0.6, 0.7, 0.6], point.Rows.Select(row => row.Value(MetricNames.Accuracy)!.Value));
        Assert.Equal([0, 3, 0], point.Seeds);
        Assert.Equal(1, point.Best);
        Assert.Equal("1 (3)", point.Chosen(tuned.Setting));
        Assert.Equal([0.4, 19 / 30.0, 0.4], point.Means.Select(mean => Math.Round(mean!.Value, 12)), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    /// <summary>Where all values are alike, the choice of the best does not make the mean larger than that of any.</summary>
    [Fact]
    public void Choosing_does_not_flatter() => Gen.Int.Sample(seed =>
    {
        var random = new Random(seed);
        double sum = 0;
        const int Sweeps = 300;
        for (int i = 0; i < Sweeps; i++)
        {
            TunedSweep tuned = Of(Rows([.. Enumerable.Range(0, 10).Select(_ => new[] { random.NextDouble(), random.NextDouble(), random.NextDouble() })]));
            sum += tuned.Rows.Average(row => row.Value(MetricNames.Accuracy)!.Value) / Sweeps;
        }

        // The standard error of this mean is about 0.007; taking the best of three means of ten would give 0.577.
        Assert.InRange(sum, 0.46, 0.54);
    }, iter: 5);

    [Fact]
    public void A_value_at_which_runs_failed_is_worse_than_one_at_which_none_did()
    {
        TunedSweep tuned = Of(Rows([[0.5, 0.9, null], [0.5, null, 0.9], [0.6, 0.9, 0.9]]));

        Assert.Equal(0, tuned.Points[0].Best);
        Assert.Equal("0.5 (1)", Of(Rows([[0.5, null, null]])).Points[0].Chosen(tuned.Setting));
    }

    [Fact]
    public void With_a_measure_of_which_less_is_better_the_least_is_chosen()
    {
        SweepRow[] rows = [.. Rows([[5, 3, 4], [5, 3, 4]], MetricNames.NegativeLogLikelihood)];

        Assert.All(TunedSweep.Of(Grid(), rows, Measure.NegativeLogLikelihood)!.Rows, row =>
            Assert.Equal(3, row.Value(MetricNames.NegativeLogLikelihood)));
    }

    [Fact]
    public void Points_are_those_of_the_other_settings()
    {
        var grid = SweepGrid.Parse(TinySweep.Definition(2, "learning.rule=isd,paired", "model.beta=1,2") with { Tune = Tune });
        SweepRow[] rows =
        [
            .. grid.Points().Select(point => Row(point.Number, 1, MetricNames.Accuracy, point.Values is ["paired", "2", "2"] ? 0.9 : 0.5)),
        ];

        TunedSweep tuned = TunedSweep.Of(grid, rows, Measure.Accuracy)!;

        Assert.Equal(["learning.rule", "model.beta"], tuned.Grid.Variations.Select(one => one.Path));
        Assert.Equal(4, tuned.Points.Count);
        TunedPoint best = tuned.Points.Single(point => point.Rows.Any(row => row.Value(MetricNames.Accuracy) == 0.9));
        Assert.Equal(["paired", "2"], best.Point.Values);
        Assert.Equal(3, best.Rows[0].Point);
        Assert.Null(TunedSweep.Of(SweepGrid.Parse(TinySweep.Definition(2, "model.beta=1,2")), [], Measure.Accuracy));
    }

    [Theory]
    [InlineData("learning.rateFactor=1", "one value alone")]
    [InlineData("model.beta=1,2", "varied already")]
    [InlineData("run.presentations=40,80", "fixed by --set")]
    public void What_cannot_be_tuned_is_refused_by_its_name(string tune, string expected)
    {
        SweepDefinition definition = TinySweep.Definition(2, "model.beta=1,2") with { Tune = tune };
        ExperimentException error = Assert.Throws<ExperimentException>(() => SweepGrid.Parse(definition));
        Assert.Contains($"--tune {tune}", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static SweepGrid Grid() =>
        SweepGrid.Parse(TinySweep.Definition(2, "model.beta=1,2") with { Vary = ["model.beta=1"], Tune = Tune });

    private static TunedSweep Of(IEnumerable<SweepRow> rows) => TunedSweep.Of(Grid(), [.. rows], Measure.Accuracy)!;

    private static IEnumerable<SweepRow> Rows(double?[][] bySeed, string metric = MetricNames.Accuracy) =>
        bySeed.SelectMany((values, seed) => values.Select((value, i) => Row(i, (ulong)seed + 1, metric, value)));

    private static IEnumerable<SweepRow> Rows(double[][] bySeed) => Rows([.. bySeed.Select(one => one.Select(value => (double?)value).ToArray())]);

    private static SweepRow Row(int point, ulong seed, string metric, double? value) => new()
    {
        Point = point,
        Seed = seed,
        Status = value is null ? "failed" : "done",
        Metrics = value is double known ? new Dictionary<string, double> { [metric] = known } : new Dictionary<string, double>(),
        WallSeconds = 1,
        EventHash = "",
        Message = "",
    };
}
