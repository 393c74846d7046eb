using Akka.Cluster;
using CsCheck;
using Nudge.Runs;

namespace Nudge.Cluster.Tests.Runs;

public sealed class RunTableTests
{
    private const int Runs = 12;
    private const int Nodes = 4;

    /// <summary>What happens: which node, which of all runs it reports, and what it is.</summary>
    private static Gen<(int Node, int Job, int What)[]> Lives { get; } =
        Gen.Select(Gen.Int[0, Nodes - 1], Gen.Int[0, Runs - 1], Gen.Int[0, 5]).Array[0, 200];

    [Fact]
    public void Whatever_comes_and_goes_each_run_is_with_one_node_at_a_time_and_over_once() => Lives.Sample(life =>
    {
        var table = new RunTable(Runs);
        int[] over = new int[Runs];
        foreach ((int number, int job, int what) in life)
        {
            AssignedNode node = table.NodeOf(AddressOf(number)) ?? Join(table, number);
            if (what == 0)
                CountHopeless(table.Lose(node), over);
            else if (what == 1)
                table.Return(node, job);
            else if (table.End(node, job))
                over[job]++;
            DealAll(table);
            int[] held = [.. table.Nodes.SelectMany(one => one.Jobs.Keys)];
            Assert.Equal(held.Length, held.Distinct().Count());
            Assert.All(held, one => Assert.Equal(0, over[one]));
        }

        AssignedNode last = Join(table, Nodes);
        for (int i = 0; i < Nodes; i++)
        {
            if (table.NodeOf(AddressOf(i)) is { } node)
                CountHopeless(table.Lose(node), over);
        }

        DealAll(table);
        foreach (int job in last.Jobs.Keys.ToArray())
            over[job] += table.End(last, job) ? 1 : 0;
        Assert.True(table.AllOver);
        Assert.All(over, times => Assert.Equal(1, times));
    });

    [Fact]
    public void A_run_with_which_node_after_node_is_lost_is_over_and_one_whose_nodes_leave_is_not()
    {
        foreach (bool leaving in new[] { false, true })
        {
            var table = new RunTable(1);
            for (int i = 0; i < RunTable.LossesAtMost; i++)
            {
                Assert.False(table.AllOver);
                AssignedNode node = Join(table, 0);
                DealAll(table);
                node.Leaving = leaving;
                table.Lose(node);
            }

            Assert.Equal(!leaving, table.AllOver);
        }
    }

    private static void CountHopeless(IReadOnlyList<int> jobs, int[] over)
    {
        foreach (int job in jobs)
            over[job]++;
    }

    private static AssignedNode Join(RunTable table, int number)
    {
        // The last one has room for all.
        var node = new AssignedNode(AddressOf(number), $"{number}") { Slots = number == Nodes ? Runs : 2 };
        table.Add(node);
        return node;
    }

    private static void DealAll(RunTable table)
    {
        while (table.Deal() is not null)
        {
            // Each call deals one.
        }
    }

    private static UniqueAddress AddressOf(int number) => new(new("akka.tcp", "nudge", "n", number + 1), 1);
}
