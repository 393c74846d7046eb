using CsCheck;
using Nudge.Measurements;
using Nudge.Statistics;

namespace Nudge.Coordinator.Tests.Statistics;

/// <summary>Intervals of bounded measures stay within their bounds, and are otherwise those of any other measure.</summary>
public sealed class BoundedIntervalTests
{
    // Many values at the ends and close to them: there an interval would leave the range.
    private static readonly Gen<double> Share = Gen.OneOf(
        Gen.Double[0, 1], Gen.Const(0.0), Gen.Const(1.0), Gen.Double[0.99, 1], Gen.Double[0, 0.01]);

    private static readonly Gen<(Bounds Bounds, double[] First, double[] Second)> Samples =
        from least in Gen.Double[-3, 3]
        from width in Gen.Double[0.001, 5]
        from first in Share.Array[1, 12]
        from second in Share.Array[1, 12]
        let bounds = new Bounds(least, least + width)
        select (bounds, Within(bounds, first), Within(bounds, second));

    [Fact]
    public void The_interval_of_a_mean_contains_it_and_stays_within_the_range() => Samples.Sample(
        sample =>
        {
            Interval mean = Interval.OfMean(sample.First, sample.Bounds);
            Assert.True(sample.Bounds.Contains(mean.Centre));
            Assert.Equal(Sample.Mean(sample.First), mean.Centre, 1e-12);
            Assert.Equal(sample.First.Length > 1, mean.IsKnown);
            Assert.True(!mean.IsKnown || mean.Contains(mean.Centre));
            Assert.True(!mean.IsKnown || (sample.Bounds.Contains(mean.Low) && sample.Bounds.Contains(mean.High)));
        },
        iter: 2000);

    [Fact]
    public void The_interval_of_a_difference_stays_within_the_range_of_differences() => Samples.Sample(
        sample =>
        {
            Interval difference = Interval.OfDifference(sample.First, sample.Second, sample.Bounds);
            if (!difference.IsKnown)
                return;
            Assert.True(difference.Contains(difference.Centre));
            Assert.True(sample.Bounds.OfDifferences().Contains(difference.Low));
            Assert.True(sample.Bounds.OfDifferences().Contains(difference.High));
        },
        iter: 2000);

    [Fact]
    public void Bounds_change_an_end_only_where_it_lies_beyond_them() => Samples.Sample(
        sample =>
        {
            Interval free = Interval.OfMean(sample.First, Bounds.None);
            Interval bounded = Interval.OfMean(sample.First, sample.Bounds);
            if (sample.Bounds.Contains(free.Low))
                Assert.Equal(free.Low, bounded.Low);
            if (sample.Bounds.Contains(free.High))
                Assert.Equal(free.High, bounded.High);
        },
        iter: 2000);

    [Fact]
    public void Measures_bring_their_own_range()
    {
        Assert.Equal((0.0, 1.0), Ends(Measure.Accuracy, [0, 1]));
        Assert.Equal((-1.0, 1.0), Ends(Measure.Symmetry, [-1, 1]));
        Assert.Equal(0, Ends(Measure.NegativeLogLikelihood, [0, 1]).Low);
        Assert.Equal(1, Ends(Measure.VarianceFit, [0.9, 1]).High);
        Assert.True(Ends(Measure.VarianceFit, [0.1, 1]).Low < 0);
        Assert.Equal(-1, Measure.Accuracy.DifferenceOf([0, 0.1, 0], [1, 0, 1]).Low, 12);
    }

    private static (double Low, double High) Ends(Measure measure, double[] values)
    {
        Interval mean = measure.MeanOf(values);
        return (mean.Low, mean.High);
    }

    private static double[] Within(Bounds bounds, double[] shares) =>
        [.. shares.Select(share => bounds.Nearest(bounds.Least + (share * (bounds.Most - bounds.Least))))];
}
