using Nudge.Netlab.Forwarding;

namespace Nudge.Cluster.Tests.Netlab;

public sealed class FateTests
{
    private const int Packets = 20_000;
    private static readonly Conditions Bad = new()
    {
        Delay = TimeSpan.FromMilliseconds(20),
        Jitter = TimeSpan.FromMilliseconds(10),
        Loss = 0.3,
    };

    [Fact]
    public void Losses_are_as_frequent_as_asked_and_delays_even_around_their_mean()
    {
        Fate[] fates = Of(seed: 1, new(1, 2));
        double sigma = Math.Sqrt(Packets * 0.3 * 0.7);
        Assert.InRange(fates.Count(fate => fate.Lost), (Packets * 0.3) - (6 * sigma), (Packets * 0.3) + (6 * sigma));
        Assert.All(fates, fate => Assert.InRange(fate.Delay.TotalMilliseconds, 10, 30));
        // The mean of n even draws within ± 10 ms has a deviation of 10 / √(3n).
        double slack = 6 * 10 / Math.Sqrt(3 * Packets);
        Assert.InRange(fates.Average(fate => fate.Delay.TotalMilliseconds), 20 - slack, 20 + slack);
        Assert.Equal(10, fates.Count(fate => fate.Delay.TotalMilliseconds < 12) / (double)Packets * 100, 1.5);
    }

    [Fact]
    public void Fates_depend_on_seed_link_and_number_and_on_nothing_else()
    {
        Fate[] once = Of(seed: 1, new(1, 2));
        Assert.Equal(once, Of(seed: 1, new(1, 2)));
        Assert.NotEqual(once, Of(seed: 2, new(1, 2)));
        Assert.NotEqual(once, Of(seed: 1, new(2, 1)));
        Assert.NotEqual(once, Of(seed: 1, new(1, 3)));
        Assert.NotEqual(once, Of(seed: 1, new(3, 2)));
        Assert.NotEqual(once[..100], once[100..200]);
    }

    private static Fate[] Of(ulong seed, LinkName link) =>
        [.. Enumerable.Range(0, Packets).Select(number => Fate.Of(seed, link, (ulong)number, Bad))];
}
