using Akka.Actor;
using Akka.Cluster;
using Akka.TestKit;
using Nudge.Hosting;
using Nudge.Messages;
using Nudge.Runs;

namespace Nudge.Cluster.Tests.Runs;

/// <summary>The actor that deals out runs.</summary>
public sealed class JobSchedulerActorTests : JobSchedulerKit
{
    private static readonly RunNumbers Numbers = new([], 1, 2);

    [Fact]
    public async Task Each_node_gets_as_many_runs_as_it_makes_and_the_next_when_one_is_over()
    {
        IActorRef scheduler = Deal(runs: 4);
        (_, TestProbe first) = Join(scheduler, "a", atATime: 2);
        AssertStarts(first, 0, 1);
        (_, TestProbe second) = Join(scheduler, "b", atATime: 1);
        AssertStarts(second, 2);

        scheduler.Tell(new RunEnded(2, Numbers), second);
        Assert.Equal(new RunOver(2, Numbers, null), await NewsAsync<RunOver>());
        AssertStarts(second, 3);

        foreach ((int job, TestProbe by) in new[] { (0, first), (1, first), (3, second) })
            scheduler.Tell(new RunEnded(job, Numbers), by);
        for (int i = 0; i < 3; i++)
            await NewsAsync<RunOver>();
        await AssertNoMoreNewsAsync();
    }

    [Fact]
    public void No_node_gets_more_runs_than_were_asked_for()
    {
        IActorRef scheduler = Deal(runs: 4, atATime: 2);
        (_, TestProbe node) = Join(scheduler, "a", atATime: 8);
        AssertStarts(node, 0, 1);
        node.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task A_lost_node_s_runs_go_to_others_and_its_late_answers_do_not_count()
    {
        IActorRef scheduler = Deal(runs: 2);
        (UniqueAddress lost, TestProbe first) = Join(scheduler, "a", atATime: 1);
        AssertStarts(first, 0);
        (_, TestProbe second) = Join(scheduler, "b", atATime: 2);
        AssertStarts(second, 1);

        scheduler.Tell(new WorkerGone(lost));
        AssertStarts(second, 0);
        scheduler.Tell(new RunEnded(0, new([], 98, 99)), first);
        scheduler.Tell(new RunEnded(0, Numbers), second);
        Assert.Equal(new RunOver(0, Numbers, null), await NewsAsync<RunOver>());
        scheduler.Tell(new RunEnded(0, new([], 98, 99)), second);
        scheduler.Tell(new RunEnded(0, new([], 98, 99)), first);
        scheduler.Tell(new RunEnded(1, Numbers), second);
        Assert.Equal(1, (await NewsAsync<RunOver>()).Job);
        await AssertNoMoreNewsAsync();
    }

    [Fact]
    public void A_node_whose_actor_ends_loses_its_runs_at_once()
    {
        IActorRef scheduler = Deal(runs: 1);
        (_, TestProbe first) = Join(scheduler, "a", atATime: 1);
        AssertStarts(first, 0);
        (_, TestProbe second) = Join(scheduler, "b", atATime: 1);
        Sys.Stop(first);
        AssertStarts(second, 0);
    }

    [Fact]
    public async Task A_run_that_fails_is_over()
    {
        IActorRef scheduler = Deal(runs: 1);
        (_, TestProbe node) = Join(scheduler, "a", atATime: 1);
        scheduler.Tell(new RunFailed(0, "not finite"), node);
        Assert.Equal(new RunOver(0, null, "not finite"), await NewsAsync<RunOver>());
        await AssertNoMoreNewsAsync();
    }

    [Fact]
    public async Task A_run_that_one_node_declines_goes_to_another_and_ends_the_sweep_where_all_decline()
    {
        IActorRef scheduler = Deal(runs: 2);
        (_, TestProbe first) = Join(scheduler, "a", atATime: 1);
        (_, TestProbe second) = Join(scheduler, "b", atATime: 1);
        AssertStarts(first, 0);
        AssertStarts(second, 1);

        scheduler.Tell(new RunDeclined(0, "no data"), first);
        scheduler.Tell(new RunEnded(1, Numbers), second);
        AssertStarts(second, 0);
        first.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        Assert.Contains("a:1 gets no more runs: no data", await WordAsync("warning"), StringComparison.Ordinal);
        Assert.Equal(1, (await NewsAsync<RunOver>()).Job);

        scheduler.Tell(new RunDeclined(0, "none either"), second);
        NodeException error = await Assert.ThrowsAsync<NodeException>(AssertNoMoreNewsAsync);
        Assert.Contains("node a:1: no data; node b:1: none either", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_takes_too_short_messages_gets_no_run()
    {
        IActorRef scheduler = Deal(runs: 1);
        (_, TestProbe node) = Join(scheduler, "a", atATime: 1, frame: 100);
        Assert.Contains("--frame", await WordAsync("warning"), StringComparison.Ordinal);
        await Assert.ThrowsAsync<NodeException>(AssertNoMoreNewsAsync);
        Assert.IsType<StopRuns>(node.ReceiveOne(AnswerTimeout));
    }

    [Fact]
    public async Task When_it_is_stopped_nodes_hear_it_and_nothing_begins_any_more()
    {
        IActorRef scheduler = Deal(runs: 2);
        (_, TestProbe node) = Join(scheduler, "a", atATime: 1);
        AssertStarts(node, 0);
        scheduler.Tell(new StopDealing());
        node.ExpectMsg<StopRuns>();
        scheduler.Tell(new RunEnded(0, Numbers), node);
        await AssertNoMoreNewsAsync();
        node.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task What_may_have_been_lost_on_the_way_is_said_again()
    {
        IActorRef scheduler = Deal(runs: 1, lookEvery: TimeSpan.FromMilliseconds(50));
        (UniqueAddress address, TestProbe node) = Join(scheduler, "a", atATime: 1);
        AssertStarts(node, 0);
        AssertStarts(node, 0);
        scheduler.Tell(new RunStands(0, 5), node);
        Assert.Equal(new RunAdvanced(0, 5), await NewsAsync<RunAdvanced>());
        // Nothing reaches a node that is unreachable.
        scheduler.Tell(new WorkerReported(address, false));
        Drain(node);
        node.ExpectNoMsg(TimeSpan.FromMilliseconds(400));
        scheduler.Tell(new WorkerReported(address, true));
        AssertStarts(node, 0);
    }

    [Fact]
    public void A_node_that_is_silent_or_leaving_gets_no_new_run()
    {
        IActorRef scheduler = Deal(runs: 2);
        (UniqueAddress address, TestProbe node) = Join(scheduler, "a", atATime: 1);
        AssertStarts(node, 0);
        scheduler.Tell(new WorkerReported(address, false));
        scheduler.Tell(new RunEnded(0, Numbers), node);
        node.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        scheduler.Tell(new WorkerReported(address, true));
        AssertStarts(node, 1);

        IActorRef another = Deal(runs: 2);
        (UniqueAddress leaving, TestProbe left) = Join(another, "b", atATime: 1);
        AssertStarts(left, 0);
        another.Tell(new WorkerLeaves(leaving));
        another.Tell(new RunEnded(0, Numbers), left);
        left.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task It_does_not_wait_for_ever_for_a_node()
    {
        Deal(runs: 1, nodeWithin: TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAsync<NodeException>(AssertNoMoreNewsAsync);
    }

    [Fact]
    public async Task Its_own_removal_from_the_cluster_ends_the_news_in_words()
    {
        Sys.Stop(Deal(runs: 1));
        NodeException error = await Assert.ThrowsAsync<NodeException>(AssertNoMoreNewsAsync);
        Assert.Contains("removed this process", error.Message, StringComparison.Ordinal);
    }
}
