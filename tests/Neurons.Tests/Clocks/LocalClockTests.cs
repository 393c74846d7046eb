using Nudge.Clocks;
using Nudge.Randomness;
using Nudge.State;

namespace Nudge.Neurons.Tests.Clocks;

public sealed class LocalClockTests
{
    private const int Steps = 100_000;

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    [InlineData(1)]
    public void Intervals_have_their_mean_and_their_jitter(double jitter)
    {
        LocalClock clock = Make(new() { Jitter = jitter });
        double[] elapsed = [.. Enumerable.Range(0, Steps).Select(_ => (double)clock.Next().Elapsed).Skip(1)];
        double mean = elapsed.Average();
        Assert.Equal(0.25, mean, 0.003);
        double deviation = Math.Sqrt(elapsed.Select(value => (value - mean) * (value - mean)).Average());
        Assert.Equal(jitter, deviation / mean, 0.02);
    }

    [Fact]
    public void Drift_makes_true_time_and_local_time_part_by_a_constant_rate()
    {
        double[] rates = [.. Enumerable.Range(0, 400).Select(id => Make(new() { Jitter = 0, Drift = 0.5 }, (ulong)id).Rate)];
        Assert.All(rates, rate => Assert.InRange(rate, 0.5, 1.5));
        Assert.Equal(1, rates.Average(), 0.05);
        LocalClock clock = Make(new() { Jitter = 0, Drift = 0.5 });
        clock.Next();
        ClockTick tick = clock.Next();
        Assert.Equal(0.25, tick.Elapsed, 6);
        Assert.Equal(0.25 / clock.Rate, Ticks.ToTau(tick.Interval), 0.0001);
    }

    [Fact]
    public void A_restored_clock_goes_on_where_it_was()
    {
        LocalClock clock = Make(new() { Jitter = 0.5 });
        for (int i = 0; i < 10; i++)
            clock.Next();
        using var state = new MemoryStream();
        StateRoot.Save(state, "clock", clock);
        state.Position = 0;
        LocalClock other = Make(new() { Jitter = 0.5 });
        StateRoot.Restore(state, "clock", other);
        Assert.Equal(clock.Next(), other.Next());
    }

    private static LocalClock Make(ClockSettings settings, ulong id = 0) => new(
        settings, 0.25, new RandomKey(5, RandomPurpose.ClockJitter, id), new RandomKey(5, RandomPurpose.ClockRate, id));
}
