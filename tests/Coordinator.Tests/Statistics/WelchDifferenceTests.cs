using Nudge.Statistics;

namespace Nudge.Coordinator.Tests.Statistics;

public sealed class WelchDifferenceTests
{
    [Fact]
    public void It_agrees_with_a_worked_example()
    {
        // By another program, which integrates the density of t numerically.
        double[] a = [27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4];
        double[] b = [27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 30.5, 23.6];

        var welch = WelchDifference.Of(a, b);

        Assert.Equal(-2.8032974327884648, welch.Centre / welch.Error, 1e-12);
        Assert.Equal(27.876182630523886, welch.Freedom, 1e-10);
        Assert.Equal(0.009102878421780702, welch.PValue, 1e-9);
    }

    [Fact]
    public void Values_without_spread_leave_nothing_to_chance()
    {
        Assert.Equal(1, WelchDifference.Of([1, 1], [1, 1]).PValue);
        Assert.Equal(0, WelchDifference.Of([1, 1], [2, 2]).PValue);
        Assert.True(double.IsNaN(WelchDifference.Of([1], [2, 3]).PValue));
    }

    [Fact]
    public void Holm_steps_down_from_the_smallest()
    {
        Assert.Equal([0.03, 0.06, 0.06, double.NaN, 0.02], Holm.Adjust([0.01, 0.03, 0.04, double.NaN, 0.005]), Near);
    }

    private static bool Near(double a, double b) => a.Equals(b) || Math.Abs(a - b) < 1e-12;
}
