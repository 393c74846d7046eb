using Nudge.Phases;

namespace Nudge.Neurons.Tests.Phases;

public sealed class PhaseScheduleTests
{
    private const int Phases = 100_000;
    private const int Lanes = 10;

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public void Bernoulli_phases_are_positive_with_probability_b_and_importance_has_mean_zero(double b)
    {
        PhaseSchedule schedule = Make(new() { B = b });
        bool[] positive = [.. Enumerable.Range(1, Phases).Select(phase => schedule.IsPositive(phase, 0, 2))];
        Assert.Equal(b, positive.Count(value => value) / (double)Phases, 0.006);
        Assert.Equal(0, positive.Average(value => schedule.Importance(value, 1)), 0.04);
    }

    [Fact]
    public void Importance_is_one_over_the_probability_and_not_over_the_bit()
    {
        PhaseSchedule schedule = Make(new() { B = 0.2 });
        Assert.Equal(5, schedule.Importance(true, 1), 1e-6);
        Assert.Equal(-1.25, schedule.Importance(false, 1), 1e-6);
    }

    [Fact]
    public void Lanes_draw_their_polarities_independently()
    {
        PhaseSchedule schedule = Make(new());
        int alike = Enumerable.Range(1, Phases).Count(n => schedule.IsPositive(n, 0, 0) == schedule.IsPositive(n, 0, 1));
        Assert.Equal(0.5, alike / (double)Phases, 0.008);
    }

    [Fact]
    public void Antithetic_lanes_are_opposite_in_pairs_and_each_is_a_coin_by_itself()
    {
        PhaseSchedule schedule = Make(new() { Order = PhaseOrder.Antithetic });
        long[] phases = [.. Enumerable.Range(1, Phases).Select(n => (long)n)];
        Assert.All(phases, n => Assert.NotEqual(schedule.IsPositive(n, 0, 6), schedule.IsPositive(n, 0, 7)));
        Assert.Equal(0.5, phases.Count(n => schedule.IsPositive(n, 0, 7)) / (double)Phases, 0.008);
        Assert.Equal(
            0.5, phases.Count(n => schedule.IsPositive(n, 0, 6) == schedule.IsPositive(n, 0, 8)) / (double)Phases, 0.008);
        Assert.Equal([2, -2], [schedule.Importance(true, 1), schedule.Importance(false, 1)]);
    }

    [Theory]
    [InlineData(0.5, 5)]
    [InlineData(0.22, 2)]
    [InlineData(0.01, 1)]
    [InlineData(0.99, 9)]
    public void By_lane_polarities_last_for_ever_and_their_importance_sums_to_zero(double b, int expected)
    {
        PhaseSchedule schedule = Make(new() { Order = PhaseOrder.ByLane, B = b });
        bool[] first = [.. Enumerable.Range(0, Lanes).Select(lane => schedule.IsPositive(1, 0, lane))];
        Assert.Equal(expected, first.Count(positive => positive));
        for (int lane = 0; lane < Lanes; lane++)
            Assert.All(Enumerable.Range(1, 200), n => Assert.Equal(first[lane], schedule.IsPositive(n, n % 3, lane)));
        Assert.Equal(0, first.Sum(positive => schedule.Importance(positive, 1)), 1e-5);
        Assert.Equal(Lanes / (float)expected, schedule.Importance(true, 1), 1e-5);
    }

    [Theory]
    [InlineData(PhaseLengthLaw.Fixed, 0.0)]
    [InlineData(PhaseLengthLaw.Exponential, 6.0)]
    [InlineData(PhaseLengthLaw.Geometric, 5.87)]
    public void Lengths_have_their_floor_mean_and_spread(PhaseLengthLaw law, double deviation)
    {
        PhaseSchedule schedule = Make(new() { Length = new() { Law = law, Floor = 6, Mean = 12 } });
        double[] lengths = [.. Enumerable.Range(1, Phases).Select(phase => schedule.Length(phase))];
        double mean = lengths.Average();
        Assert.Equal(12, mean, 0.1);
        Assert.True(lengths.Min() >= 6);
        Assert.Equal(deviation, Math.Sqrt(lengths.Select(length => (length - mean) * (length - mean)).Average()), 0.15);
    }

    private static PhaseSchedule Make(PhaseSettings phases) => new(9, phases, new PolarityTraits(), 0.25, Lanes);
}
