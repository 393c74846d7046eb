using Nudge.Netlab.Forwarding;
using Nudge.Testing;

namespace Nudge.Cluster.Tests.Netlab;

/// <summary>Needs root and /dev/net/tun; skipped elsewhere.</summary>
public sealed class NetworkLabTests
{
    private const int Many = 200;
    private static readonly NetworkLabSettings Lossy = new() { Loss = 0.3, Delay = "2ms", Jitter = "1ms" };

    [SkippableFact]
    public async Task Packets_take_the_time_that_was_asked_for()
    {
        await using NetworkLab lab = await NetworkLab.StartAsync(new() { Delay = "20ms", Jitter = "10ms" });
        double[] times = [.. (await lab.PingAsync(1, 2, 20)).Values.Order()];
        Assert.Equal(20, times.Length);
        Assert.All(times, time => Assert.True(time >= 20, $"{time} ms"));
        // Nothing keeps a busy machine from being late, so the upper end is generous.
        Assert.InRange(times[10], 20, 60 + 500);
        IReadOnlyDictionary<string, LinkCounts> counts = await lab.CountsAsync();
        Assert.Equal(20, counts["1>2"].Delivered);
        Assert.Equal(20, counts["2>1"].Delivered);
        Assert.InRange(counts["1>2"].MeanMilliseconds, 10, 30 + 500);
    }

    [SkippableFact]
    public async Task Losses_are_as_frequent_as_asked_and_those_of_the_seed()
    {
        int[] answered = await AnsweredAsync(Lossy);
        double sigma = Math.Sqrt(Many * 0.49 * 0.51);
        Assert.InRange(answered.Length, (Many * 0.49) - (6 * sigma), (Many * 0.49) + (6 * sigma));
        Assert.Equal(Foretold(Lossy.Seed), answered);
    }

    [SkippableFact]
    public async Task A_cut_stops_everything_and_its_end_lets_it_go_on()
    {
        await using NetworkLab lab = await NetworkLab.StartAsync(new() { Hosts = 3 });
        await lab.CutAsync("1-2");
        Assert.Empty(await lab.PingAsync(1, 2, 5, "500ms"));
        Assert.Equal(5, (await lab.PingAsync(1, 3, 5)).Count);
        await lab.HealAsync();
        Assert.Equal(5, (await lab.PingAsync(1, 2, 5)).Count);
        await lab.CutAsync("2>1");
        Assert.Empty(await lab.PingAsync(1, 2, 5, "500ms"));
        IReadOnlyDictionary<string, LinkCounts> counts = await lab.CountsAsync();
        Assert.Equal((15, 10, 5), (counts["1>2"].Seen, counts["1>2"].Delivered, counts["1>2"].Cut));
        Assert.Equal((10, 5, 5), (counts["2>1"].Seen, counts["2>1"].Delivered, counts["2>1"].Cut));
    }

    private static async Task<int[]> AnsweredAsync(NetworkLabSettings settings)
    {
        await using NetworkLab lab = await NetworkLab.StartAsync(settings);
        return [.. (await lab.PingAsync(1, 2, Many, "2s")).Keys.Order()];
    }

    // The n-th request is the n-th packet of its link; its answer has the next number of the link back.
    private static int[] Foretold(ulong seed)
    {
        var conditions = new Conditions { Loss = Lossy.Loss };
        ulong answers = 0;
        return
        [
            .. Enumerable.Range(0, Many)
                .Where(number => !Fate.Of(seed, new(1, 2), (ulong)number, conditions).Lost)
                .Where(_ => !Fate.Of(seed, new(2, 1), answers++, conditions).Lost),
        ];
    }
}
