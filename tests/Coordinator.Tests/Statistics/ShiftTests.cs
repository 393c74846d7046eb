using Nudge.Statistics;

namespace Nudge.Coordinator.Tests.Statistics;

public sealed class ShiftTests
{
    [Fact]
    public void Equal_samples_are_shifted_by_nothing()
    {
        double[] values = [.. Enumerable.Range(0, 20).Select(i => (double)i)];
        Interval shift = Shift.Of(values, values);
        Assert.Equal(0, shift.Centre);
        Assert.True(shift.Contains(0));
    }

    [Fact]
    public void A_shift_is_found_and_one_run_that_got_stuck_hardly_moves_it()
    {
        double[] values = [.. Enumerable.Range(0, 30).Select(i => i / 10.0)];
        double[] moved = [.. values.Select(value => value + 5)];
        Interval clean = Shift.Of(moved, values);
        Interval stuck = Shift.Of([.. moved[..^1], 1000], values);
        Assert.Equal(5, clean.Centre, 1e-9);
        Assert.False(clean.Contains(0));
        Assert.Equal(clean.Centre, stuck.Centre, 0.2);
        Assert.Equal(clean.High, stuck.High, 0.2);
    }

    /// <summary>
    /// Eight against eight: the exact test at 5 % rejects up to a count of 13 (Mann and Whitney 1947), so that the interval
    /// begins at the 14th difference; the normal approximation is one difference wider.
    /// </summary>
    [Fact]
    public void Its_interval_ends_where_the_rank_sum_test_does()
    {
        double[] a = [1, 2, 3, 4, 5, 6, 7, 8];
        double[] b = [.. a.Select(value => 10.25 * value)];
        double[] differences = [.. (from x in a from y in b select x - y).Order()];
        Interval shift = Shift.Of(a, b);
        Assert.Equal(differences[12], shift.Low);
        Assert.Equal(differences[^13], shift.High);
    }

    [Fact]
    public void Too_few_values_have_no_interval() => Assert.False(Shift.Of([1, 2], [3, 4]).IsKnown);
}
