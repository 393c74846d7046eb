using Nudge.Phases;

namespace Nudge.Neurons.Tests.Phases;

public sealed class PhaseScheduleTests
{
    private const int Phases = 100_000;

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

    private static PhaseSchedule Make(PhaseSettings phases) => new(9, phases, new PolarityTraits(), 0.25);
}
