using System.Diagnostics;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Nudge.Actors;
using Nudge.Hosting;
using Nudge.Messages;
using Nudge.Networks;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.Virtual;

namespace Nudge.Cluster.Tests.Hosting;

/// <summary>Orders that ask for more than a node allows are refused, with budget, limit and what was asked, and cost nothing.</summary>
public sealed class NodeBudgetTests() : TestKit("akka.actor.provider = cluster\nakka.remote.dot-netty.tcp.port = 0\nakka.loglevel = OFF")
{
    private const int Million = 1_000_000;
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
    public void Orders_beyond_a_budget_are_refused_at_once_and_take_no_memory(string experiment, NodeBudget budget, string reason)
    {
        IActorRef node = Node(budget);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        node.Tell(Orders("run", experiment, 0, 1), TestActor);
        OrdersRefused refused = ExpectMsg<OrdersRefused>(TimeSpan.FromSeconds(10));
        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{watch.Elapsed}");
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 20 << 20);
    }

    [Fact]
    public void Later_orders_of_a_run_cannot_ask_for_more_than_its_first_ones_could()
    {
        NetworkPlan network = NetworkCompiler.Compile(Small, 3);
        IActorRef node = Node(new() { MemoryBytes = NetworkSize.BytesOf(network, network.Slices[0]) });
        node.Tell(Orders("run", "small", 0), TestActor);
        FishForMessage(message => message is HostingReport { Manager.Length: > 0 });
        node.Tell(Orders("run", "small", 0, 1) with { Number = 2 }, TestActor);
        var refused = (OrdersRefused)FishForMessage(message => message is OrdersRefused);
        Assert.Contains("--max-memory", refused.Reason, StringComparison.Ordinal);
        node.Tell(Orders("run", "small", 0, int.MaxValue) with { Number = 3 }, TestActor);
        refused = (OrdersRefused)FishForMessage(message => message is OrdersRefused);
        Assert.Contains("fewer slices", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_of_a_run_in_virtual_time_has_the_same_budgets()
    {
        var ledger = new HostingLedger(new());
        IActorRef service = Sys.ActorOf(Props.Create(() => new VirtualServiceActor(Source, 1 << 20, ledger)));
        service.Tell(new JoinVirtualRun("million", 3, 1, 1 << 20), TestActor);
        Assert.Contains("--max-slices", ExpectMsg<HostRefused>().Reason, StringComparison.Ordinal);
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

    private IActorRef Node(NodeBudget budget)
    {
        var settings = new NodeSettings { Budget = budget };
        var cluster = Akka.Cluster.Cluster.Get(Sys);
        cluster.Join(cluster.SelfAddress);
        AwaitCondition(() => cluster.State.Members.Count == 1, TimeSpan.FromSeconds(10));
        return Sys.ActorOf(Props.Create(() => new NodeActor(settings, Source, new HostingLedger(budget))));
    }

    private HostingOrders Orders(string run, string experiment, params int[] slices)
    {
        string supervisor = TestActor.Path.ToSerializationFormatWithAddress(Akka.Cluster.Cluster.Get(Sys).SelfAddress);
        return new(run, 1, 1, supervisor, [.. slices.Select(slice => new Assignment(slice, 1))]) { Experiment = experiment, Classes = 3 };
    }
}
