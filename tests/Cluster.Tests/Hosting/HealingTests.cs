using Akka.Actor;
using Akka.Cluster;
using Nudge.Cluster.Tests.Security;
using Nudge.Cluster.Tests.Store;
using Nudge.Hosting;
using Nudge.Messages;
using Nudge.Store;
using Nudge.Testing;

namespace Nudge.Cluster.Tests.Hosting;

/// <summary>What a run does about faults of its cluster that leave all processes alive.</summary>
public sealed class HealingTests
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    // Longer than the failure detector's pause, the time until a node is taken for lost and its margin together.
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(7);

    [SkippableFact]
    public async Task A_run_goes_on_when_every_connection_of_its_nodes_was_reset()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "it finds the connections in /proc");
        await using SmallCluster cluster = await SmallCluster.StartAsync(nodes: 2, presentations: 1_000_000_000);
        await cluster.Engine.StartAsync();
        for (int time = 1; time <= 3; time++)
        {
            await cluster.Engine.WhenShownAsync(cluster.Engine.Progress.Presentations + 50).WaitAsync(Within);
            Assert.True(cluster.ResetConnections() > 0);
        }

        await Task.Delay(LongEnough);
        await cluster.Engine.WhenShownAsync(cluster.Engine.Progress.Presentations + 50).WaitAsync(Within);
        Assert.All(cluster.Nodes, node => Assert.Equal(3, node.Membership.State.Members.Count));
        Assert.All(cluster.Nodes, node => Assert.Empty(node.Membership.State.Unreachable));
        Assert.Empty(cluster.Engine.Moves);
    }

    [Fact]
    public async Task A_run_goes_on_while_its_store_fails_and_saves_again_afterwards()
    {
        using var folder = new TemporaryDirectory();
        StoreSettings store = Stores.Parse($"sqlite:{folder.File("s.db")}");
        await SliceStore.OpenAsync(store);
        await using SmallCluster cluster = await SmallCluster.StartAsync(nodes: 2, presentations: 1_000_000_000, store);
        await cluster.Engine.StartAsync();
        var all = new JournalRows(store, id: "");
        await UntilAsync(all, more: 3);
        await all.BreakAsync();
        await cluster.Engine.WhenShownAsync(cluster.Engine.Progress.Presentations + 200).WaitAsync(Within);
        await Task.Delay(TimeSpan.FromSeconds(1));
        await cluster.Engine.WhenShownAsync(cluster.Engine.Progress.Presentations + 50).WaitAsync(Within);
        await all.MendAsync();
        await UntilAsync(all, more: 3);
        Assert.Empty(cluster.Engine.Moves);
    }

    [Fact]
    public async Task A_coordinator_that_the_others_have_removed_ends_its_run_and_says_how_it_goes_on()
    {
        await using SmallCluster cluster = await SmallCluster.StartAsync(nodes: 2, presentations: 1_000_000_000);
        await cluster.Engine.StartAsync();
        await cluster.Engine.WhenShownAsync(10).WaitAsync(Within);
        Node node = cluster.Nodes[0];
        Member coordinator = node.Membership.State.Members.Single(member => member.HasRole(NodeSettings.Coordinator));
        node.Membership.Down(coordinator.Address);
        NodeException error = await Assert.ThrowsAsync<NodeException>(() => cluster.Engine.Over).WaitAsync(Within);
        Assert.Contains("nudge run --resume", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_whose_slices_lose_their_manager_during_the_start_has_them_started_again()
    {
        using var folder = new TemporaryDirectory();
        StoreSettings store = Stores.Parse($"sqlite:{folder.File("s.db")}");
        await SliceStore.OpenAsync(store);
        await using SmallCluster cluster = await SmallCluster.StartAsync(nodes: 2, presentations: 20, store);
        Task started = cluster.Engine.StartAsync();
        // The first manager of each node dies as soon as there is one, before its slices are up or just after.
        foreach (Node node in cluster.Nodes)
        {
            using var limit = new CancellationTokenSource(Within);
            while (true)
            {
                try
                {
                    IActorRef manager = await node.System.ActorSelection($"/user/{NodeActor.Name}/run-1").ResolveOne(TimeSpan.FromMilliseconds(20));
                    node.System.Stop(manager);
                    break;
                }
                catch (ActorNotFoundException)
                {
                    limit.Token.ThrowIfCancellationRequested();
                }
            }
        }

        await started.WaitAsync(Within);
        await cluster.Engine.Over.WaitAsync(Within);
        Assert.Equal(20, cluster.Engine.Progress.Presentations);
    }

    [Fact]
    public async Task Orders_of_who_is_no_member_start_nothing()
    {
        await using Node node = Rogue.Guarded();
        await node.JoinAsync(CancellationToken.None);
        using ActorSystem outside = Node.Outside(new());
        Address self = Rogue.AddressOf(outside);
        ActorSelection endpoint = outside.ActorSelection(Rogue.NodeEndpoint(node));
        // A number that an outsider could take would make the run's own coordinator the earlier one of two.
        await Assert.ThrowsAsync<AskTimeoutException>(
            () => endpoint.Ask<EpochAllotted>(new AllotEpoch("run", 1, 0), TimeSpan.FromSeconds(1)));
        foreach (string supervisor in new[] { $"{self}/user/supervisor", $"{node.Membership.SelfAddress}/user/supervisor", "nowhere" })
        {
            endpoint.Tell(new HostingOrders("run", 1, 1, supervisor, [new(0, 1)])
            {
                Experiment = "name: x",
                Classes = 2,
                Process = node.Membership.SelfUniqueAddress.Uid,
            });
            NodeStatus status = await endpoint.Ask<NodeStatus>(new AskStatus(), Within);
            Assert.Empty(status.Runs);
            await Assert.ThrowsAsync<ActorNotFoundException>(
                () => node.System.ActorSelection($"/user/{NodeActor.Name}/run-1").ResolveOne(TimeSpan.FromMilliseconds(200)));
        }
    }

    /// <summary>Waits until so many more snapshots were completed.</summary>
    private static async Task UntilAsync(JournalRows rows, long more)
    {
        const string Complete = "SELECT coalesce(max(ordering), 0) FROM nudge_journal WHERE manifest = 'S3'";
        using var limit = new CancellationTokenSource(Within);
        long until = (long)(await rows.RunAsync(Complete))! + more;
        while ((long)(await rows.RunAsync(Complete))! < until)
            await Task.Delay(20, limit.Token);
    }
}
