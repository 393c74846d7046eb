using System.Diagnostics;
using Akka.Actor;
using Nudge.Actors;
using Nudge.Hosting;
using Nudge.Messages;
using Nudge.Networks;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.Virtual;

namespace Nudge.Cluster.Tests.Hosting;

/// <summary>Orders that ask for more than a node allows are refused, with budget, limit and what was asked, and cost nothing.</summary>
public sealed class NodeBudgetTests
{
    private const int Million = 1_000_000;
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(10);
    private static readonly ActorEngineSettings Pace = new();
    private static readonly NetworkSettings Small = SmallNetwork.Settings(6, 16, 3);

    public static TheoryData<string, NodeBudget, string> Refused => new()
    {
        { "million", new(), "this node allows 10000 slices of a run (nudge node --max-slices); 2000001 were asked for" },
        { "million", new() { Slices = int.MaxValue }, "allows 10000000 links of a run (nudge node --max-links); 2000001000000 were" },
        { "small", new() { MemoryBytes = 100 }, "allows 0 MiB of weights and states (nudge node --max-memory); 1 MiB were asked for" },
        { "small", new() { Runs = 0 }, "allows 0 runs at a time (nudge node --max-runs); 1 were asked for" },
        { new('x', 2 << 20), new(), "allows 1048576 bytes of an experiment (nudge node --max-experiment); 2097152 were asked for" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Orders_beyond_a_budget_are_refused_at_once_and_take_no_memory(
        string experiment, NodeBudget budget, string reason)
    {
        await using Node node = await StartAsync(budget);
        using var inbox = Inbox.Create(node.System);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        Send(node, inbox, Orders(node, inbox, experiment, 0, 1));
        OrdersRefused refused = Await<OrdersRefused>(inbox);
        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{watch.Elapsed}");
        // The text of a million units, once decoded, would be more than that; other tests run beside.
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 20 << 20);
    }

    [Fact]
    public async Task Later_orders_of_a_run_cannot_ask_for_more_than_its_first_ones_could()
    {
        NetworkPlan network = NetworkCompiler.Compile(Small, 3);
        await using Node node = await StartAsync(new() { MemoryBytes = NetworkSize.BytesOf(network, network.Slices[0]) });
        using var inbox = Inbox.Create(node.System);
        Send(node, inbox, Orders(node, inbox, "small", 0));
        Await<HostingReport>(inbox);
        Send(node, inbox, Orders(node, inbox, "small", 0, 1) with { Number = 2 });
        Assert.Contains("--max-memory", Await<OrdersRefused>(inbox).Reason, StringComparison.Ordinal);
        Send(node, inbox, Orders(node, inbox, "small", 0, int.MaxValue) with { Number = 3 });
        Assert.Contains("fewer slices", Await<OrdersRefused>(inbox).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_of_a_run_in_virtual_time_has_the_same_budgets()
    {
        await using Node node = await StartAsync(new());
        VirtualHosting.StartOn(node, Source);
        using var inbox = Inbox.Create(node.System);
        node.System.ActorSelection($"/user/{VirtualServiceActor.Name}")
            .Tell(new JoinVirtualRun("million", 3, 1, 1 << 20), inbox.Receiver);
        Assert.Contains("--max-slices", Await<HostRefused>(inbox).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_ended_makes_room()
    {
        var ledger = new HostingLedger(new() { Runs = 1, MemoryBytes = 10 });
        HostingLedger.HostingShare share = ledger.Take();
        share.Resize(10);
        Assert.Throws<BudgetException>(() => share.Resize(11));
        Assert.Throws<BudgetException>(ledger.Take);
        share.Dispose();
        share.Dispose();
        ledger.Take().Resize(10);
    }

    private static RequestedNetwork Source(string experiment, int classes) => experiment == "small"
        ? new(Small, 3, Pace)
        : new(SmallNetwork.Settings(6, Million, Million) with { Granularity = new(GranularityKind.Neuron) }, 3, Pace);

    private static async Task<Node> StartAsync(NodeBudget budget)
    {
        var node = Node.Start(new() { Budget = budget }, Source);
        await node.JoinAsync(CancellationToken.None);
        return node;
    }

    private static void Send(Node node, Inbox inbox, HostingOrders orders) =>
        node.System.ActorSelection($"/user/{NodeActor.Name}").Tell(orders, inbox.Receiver);

    private static T Await<T>(Inbox inbox) => (T)inbox.ReceiveWhere(message => message is T, Within);

    private static HostingOrders Orders(Node node, Inbox inbox, string experiment, params int[] slices)
    {
        string supervisor = inbox.Receiver.Path.ToSerializationFormatWithAddress(node.Membership.SelfAddress);
        return new("run", 1, 1, supervisor, [.. slices.Select(slice => new Assignment(slice, 1))])
        {
            Experiment = experiment,
            Classes = 3,
            Process = node.Membership.SelfUniqueAddress.Uid,
        };
    }
}
