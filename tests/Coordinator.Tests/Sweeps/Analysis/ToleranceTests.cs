using Nudge.Measurements;
using Nudge.Sweeps.Analysis;

namespace Nudge.Coordinator.Tests.Sweeps.Analysis;

public sealed class ToleranceTests
{
    [Fact]
    public void A_straight_curve_is_crossed_where_geometry_says()
    {
        ToleranceCurve curve = Curve([0, 0.25, 0.5, 0.75, 1], x => 0.9 - (0.8 * x));

        Tolerance point = Of(curve, best => best - 0.01);
        Tolerance half = Of(curve, best => best - ((best - 0.1) / 2));

        Assert.Equal(0.0125, point.At!.Value, 1e-12);
        Assert.Equal(0.5, half.At!.Value, 1e-12);
    }

    [Fact]
    public void A_curve_that_rises_is_counted_from_its_upper_end()
    {
        Tolerance half = Of(Curve([0, 1, 2, 4], x => 0.1 + (0.2 * x)), best => best - ((best - 0.1) / 2));

        Assert.Equal(2, half.At!.Value, 1e-12);
    }

    [Fact]
    public void On_a_logarithmic_axis_lines_are_straight_in_the_logarithm()
    {
        ToleranceCurve curve = Curve([0.01, 0.1, 1, 10], x => 0.5 - (0.1 * Math.Log10(x)));

        Tolerance half = Of(curve, _ => 0.45);

        Assert.Equal(Math.Pow(10, 0.5), half.At!.Value, 1e-9);
    }

    [Fact]
    public void What_is_not_reached_has_no_value()
    {
        Tolerance never = Of(Curve([0, 1, 2], _ => 0.9), best => best - 0.01);

        Assert.Null(never.At);
        Assert.Null(never.Low);
        Assert.True(never.HasInterval);
    }

    [Fact]
    public void The_interval_holds_the_truth_of_noisy_curves_and_is_drawn_again_alike()
    {
        double[] shifts = [-0.04, -0.01, 0.0, 0.02, 0.03];
        ToleranceCurve curve = Noisy([0, 0.25, 0.5, 0.75, 1], (x, seed) => 0.9 - (0.8 * x) + (x > 0 ? shifts[seed - 1] : 0));

        Tolerance half = Of(curve, _ => 0.5);

        Assert.InRange(half.Low!.Value, 0.4, 0.5);
        Assert.InRange(half.High!.Value, 0.5, 0.6);
        Assert.True(half.Low < half.At && half.At < half.High);
        Assert.Equal(half, Of(curve, _ => 0.5));
    }

    [Fact]
    public void With_two_seeds_there_is_no_interval()
    {
        Tolerance half = Of(Noisy([0, 1], (x, _) => 1 - x, seeds: 2), _ => 0.5);

        Assert.Equal(0.5, half.At);
        Assert.False(half.HasInterval);
    }

    [Fact]
    public void A_zero_before_a_logarithmic_range_has_its_place_and_values_come_back()
    {
        var scale = new AxisScale([0, 0.01, 0.1, 1, 10]);

        Assert.True(scale.IsLogarithmic);
        Assert.Equal(-3, scale.Place(0), 1e-12);
        foreach (double value in new[] { 0, 0.004, 0.01, 0.05, 3, 10 })
            Assert.Equal(value, scale.Value(scale.Place(value)), 1e-12);
    }

    private static Tolerance Of(ToleranceCurve curve, Func<double, double> threshold) =>
        Tolerance.Of(curve, new AxisScale(curve.Samples.Select(sample => sample.X)), threshold, stream: 1);

    private static ToleranceCurve Curve(double[] xs, Func<double, double> value) => Noisy(xs, (x, _) => value(x));

    private static ToleranceCurve Noisy(double[] xs, Func<double, int, double> value, int seeds = 5) => new(
        "",
        [
            .. xs.Select(x => new CurveSample(
                x, Enumerable.Range(1, seeds).ToDictionary(seed => (ulong)seed, seed => value(x, seed)), Measure.Accuracy)),
        ]);
}
