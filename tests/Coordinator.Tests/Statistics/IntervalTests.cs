using Nudge.Statistics;

namespace Nudge.Coordinator.Tests.Statistics;

public sealed class IntervalTests
{
    [Fact]
    public void The_spread_of_a_sample_is_counted_by_one_less_than_its_values()
    {
        double[] values = [2, 4, 4, 4, 5, 5, 7, 9];

        Assert.Equal(5, Sample.Mean(values));
        Assert.Equal(Math.Sqrt(32.0 / 7), Sample.StandardDeviation(values), 12);
    }

    [Fact]
    public void Values_that_lie_close_together_far_from_nought_keep_their_spread() =>
        Assert.Equal(1, Sample.StandardDeviation([1e9 + 1, 1e9 + 2, 1e9 + 3]), 12);

    [Fact]
    public void The_median_is_the_middle_or_between_the_two_in_the_middle()
    {
        Assert.Equal(3, Sample.Median([9, 1, 3]));
        Assert.Equal(2.5, Sample.Median([4, 1, 2, 3]));
        Assert.Equal(double.NaN, Sample.Median([]));
    }

    // 1, 2, 3, 4, 5: mean 3, s = √2.5, t(0.975, 4) = 2.776445.
    [Fact]
    public void The_interval_of_a_mean_is_Student_s()
    {
        Interval mean = Interval.OfMean([1, 2, 3, 4, 5], Bounds.None);

        Assert.Equal(3, mean.Centre);
        Assert.Equal(3 - (2.776445 * Math.Sqrt(2.5 / 5)), mean.Low, 5);
        Assert.Equal(3 + (2.776445 * Math.Sqrt(2.5 / 5)), mean.High, 5);
    }

    // By hand: means 3 and 8, variances 2.5 and 10, five values each: error √(0.5 + 2) = 1.581139, freedom
    // 2.5² / (0.5²/4 + 2²/4) = 5.882353, t = 2.459.
    [Fact]
    public void The_interval_of_a_difference_is_Welch_s()
    {
        Interval difference = Interval.OfDifference([1, 2, 3, 4, 5], [4, 6, 8, 10, 12], Bounds.None);

        Assert.Equal(-5, difference.Centre, 12);
        double t = StudentT.Quantile(0.975, 6.25 / 1.0625);
        Assert.InRange(t, 2.4469, 2.5706);
        Assert.Equal(-5 - (t * 1.5811388), difference.Low, 6);
        Assert.Equal(-5 + (t * 1.5811388), difference.High, 6);
    }

    /// <summary>Their squares are 0 as numbers of this precision.</summary>
    [Fact]
    public void Very_small_variances_have_degrees_of_freedom_as_larger_ones_do()
    {
        double[] first = [0, 1, 3];
        double[] second = [2, 4];
        WelchDifference usual = WelchDifference.Of(first, second);
        WelchDifference small = WelchDifference.Of([.. first.Select(one => one * 1e-90)], [.. second.Select(one => one * 1e-90)]);
        Assert.Equal(usual.Freedom, small.Freedom, 1e-9);
        Assert.Equal(usual.PValue, small.PValue, 1e-9);
    }

    [Fact]
    public void One_value_has_no_interval()
    {
        Assert.False(Interval.OfMean([1], Bounds.None).IsKnown);
        Assert.False(Interval.OfDifference([1, 2], [3], Bounds.None).IsKnown);
        Assert.False(Interval.OfMean([1], Bounds.None).Contains(1));
    }

    [Fact]
    public void Equal_values_have_an_interval_without_width()
    {
        Assert.Equal(new(1, 1, 1), Interval.OfMean([1, 1, 1], Bounds.None));
        Assert.Equal(new(1, 1, 1), Interval.OfDifference([2, 2], [1, 1], Bounds.None));
    }
}
