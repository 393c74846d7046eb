using System.Diagnostics;
using Nudge.Netlab.Forwarding;

namespace Nudge.Cluster.Tests.Netlab;

public sealed class LinkTests
{
    private static readonly LinkName Name = new(1, 2);
    private static readonly Conditions Jittery = new()
    {
        Delay = TimeSpan.FromMilliseconds(20),
        Jitter = TimeSpan.FromMilliseconds(10),
        Loss = 0.2,
    };

    [Fact]
    public void A_link_keeps_the_order_of_its_packets_unless_told_otherwise()
    {
        Assert.True(IsOrdered(Dues(Jittery)));
        Assert.False(IsOrdered(Dues(Jittery with { Reorder = true })));
    }

    [Fact]
    public void No_packet_is_due_before_its_own_delay_is_over()
    {
        long least = (long)(0.010 * Stopwatch.Frequency);
        var link = new Link(Name, seed: 3);
        for (long now = 0; now < 1000; now++)
        {
            if (link.Admit(now, Jittery, Cuts.None) is long due)
                Assert.True(due - now >= least);
        }
    }

    [Fact]
    public void Every_packet_is_counted_once()
    {
        var link = new Link(Name, seed: 4);
        long[] dues = Take(link, 500, Cuts.None);
        Assert.Empty(Take(link, 30, Cuts.None.With([Name])));
        foreach (long due in dues.Skip(5))
            link.Deliver(0, due);
        link.LoseToCut();
        LinkStatistics counts = link.Statistics();
        Assert.Equal((530, 500 - dues.Length, 31, dues.Length - 5, 4), Sums(counts));
        Assert.InRange(counts.MeanDelay.TotalMilliseconds, 10, 31);
    }

    [Fact]
    public void A_cut_takes_numbers_so_that_later_fates_do_not_depend_on_whether_it_met_a_loss()
    {
        (Link whole, Link cut) = (new(Name, seed: 5), new(Name, seed: 5));
        Take(whole, 100, Cuts.None);
        Take(cut, 100, Cuts.None.With([Name]));
        Conditions free = Jittery with { Reorder = true };
        for (int i = 0; i < 100; i++)
            Assert.Equal(whole.Admit(0, free, Cuts.None), cut.Admit(0, free, Cuts.None));
    }

    private static (long, long, long, long, long) Sums(LinkStatistics counts) =>
        (counts.Seen, counts.Lost, counts.Cut, counts.Delivered, counts.Flying);

    private static long[] Dues(Conditions conditions) => Take(new(Name, seed: 2), 1000, Cuts.None, conditions);

    private static long[] Take(Link link, int packets, Cuts cuts, Conditions? conditions = null) =>
        [.. Enumerable.Range(0, packets).Select(now => link.Admit(now, conditions ?? Jittery, cuts)).OfType<long>()];

    private static bool IsOrdered(long[] times) => times.SequenceEqual(times.Order());
}
