using Akka.Actor;
using Akka.TestKit.Xunit2;
using Nudge.Actors;
using Nudge.Hosting;
using Nudge.Networks;
using Nudge.Testing;
using Nudge.Topology;

namespace Nudge.Cluster.Tests.Hosting;

/// <summary>What a supervisor knows of its slices. Actors of this system stand for those of its only node.</summary>
public sealed class SliceRegistryTests : TestKit
{
    private static readonly NetworkPlan Network = NetworkCompiler.Compile(SmallNetwork.Settings(2, 4, 2), 1);
    private readonly SliceRegistry _registry = new(Network);
    private readonly Address _node;
    private readonly IActorRef _actor;

    public SliceRegistryTests()
    {
        _actor = CreateTestProbe();
        _node = _actor.Path.Address;
        foreach (SlicePlan slice in Network.Slices)
            _registry.Assign(slice.Index, _node);
    }

    [Fact]
    public void All_are_up_once_each_has_come_to_life()
    {
        foreach (SlicePlan slice in Network.Slices)
        {
            Assert.False(_registry.AllUp);
            Assert.True(Rise(slice.Index, 1));
        }

        Assert.True(_registry.AllUp);
    }

    [Fact]
    public void News_of_a_life_that_was_given_up_comes_too_late()
    {
        Assert.True(Rise(0, 2));
        _registry.Lose(0);
        _registry.Assign(0, _node);
        Assert.False(Rise(0, 1));
        Assert.True(Rise(0, 3));
    }

    [Fact]
    public void A_slice_that_came_to_life_where_nobody_asked_for_it_is_not_taken()
    {
        _registry.Assign(0, new("akka.tcp", "nudge", "elsewhere", 1));
        Assert.False(Rise(0, 1));
    }

    [Fact]
    public void What_waited_at_a_dead_slice_is_under_way_no_more_and_its_last_report_stays()
    {
        Rise(0, 1);
        _registry.Report(Counters(incarnation: 1, sent: 10, waiting: 3));
        _registry.Lose(0);
        _registry.Report(Counters(incarnation: 1, sent: 99, waiting: 0));
        SliceCounters ended = Assert.Single(_registry.Ended);
        Assert.Equal(10, ended.Sent);
        Assert.Equal(0, ended.Received[0].InFlight);
        Assert.Empty(_registry.Present);
    }

    [Fact]
    public void A_slice_without_a_home_goes_to_the_node_with_the_least_to_do()
    {
        var idle = new Address("akka.tcp", "nudge", "idle", 1);
        Assert.Equal(idle, _registry.Lightest([_node, idle]));
        Assert.Null(_registry.Lightest([]));
    }

    [Fact]
    public void Slices_that_are_placed_one_by_one_are_shared_among_the_nodes_and_those_that_are_lost_weigh_nothing()
    {
        Address[] idle = [new("akka.tcp", "nudge", "a", 1), new("akka.tcp", "nudge", "b", 1)];
        _registry.Assign(1, idle[0]);
        Assert.Equal(idle[1], _registry.Lightest(idle));
        _registry.Assign(0, idle[1]);
        _registry.Lose(1);
        Assert.Equal(idle[0], _registry.Lightest(idle));
    }

    [Fact]
    public void One_that_was_lost_is_up_no_more()
    {
        foreach (SlicePlan slice in Network.Slices)
            Rise(slice.Index, 1);
        _registry.Lose(0);
        Assert.False(_registry.AllUp);
        _registry.Assign(0, _node);
        Rise(0, 2);
        Assert.True(_registry.AllUp);
    }

    private static SliceCounters Counters(int incarnation, long sent, long waiting) =>
        new(0, sent, 0, 0, default, 0, new(), [new(0, default, default, waiting)], []) { Incarnation = incarnation };

    private bool Rise(int slice, int incarnation) =>
        _registry.Rise(new(slice, incarnation, 0, "", ""), _actor, _actor);
}
