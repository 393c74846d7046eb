using Nudge.Networks;
using Nudge.Placement;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.Wire;

namespace Nudge.Cluster.Tests.Placement;

public sealed class PlacementTests
{
    private static readonly string[] Nodes = ["a:1", "b:1", "c:1"];

    [Theory]
    [InlineData("spread")]
    [InlineData("cost")]
    [InlineData("neighbourhood")]
    public void Every_slice_is_on_a_node_and_always_on_the_same_one(string placement)
    {
        NetworkPlan network = Network(slice: 8);
        PlacementPlan plan = Plan(network, placement);
        Assert.All(plan.NodeOf, node => Assert.InRange(node, 0, Nodes.Length - 1));
        Assert.Equal(plan.NodeOf, Plan(network, placement).NodeOf);
        Assert.Equal(network.Slices.Count, Enumerable.Range(0, Nodes.Length).Sum(node => plan.SlicesOn(node).Count));
    }

    [Fact]
    public void By_cost_no_node_has_more_than_the_costliest_slice_above_another()
    {
        PlacementPlan plan = Plan(Network(slice: 8), "cost");
        long[] load = [.. Enumerable.Range(0, Nodes.Length).Select(node => plan.SlicesOn(node).Sum(slice => plan.Costs[slice]))];
        Assert.True(load.Max() - load.Min() <= plan.Costs.Max());
    }

    [Fact]
    public void By_neighbourhood_fewer_links_are_cut_than_by_spreading()
    {
        NetworkPlan network = Network(slice: 8);
        Assert.True(Crossing(Plan(network, "neighbourhood")) < Crossing(Plan(network, "spread")));
    }

    [Fact]
    public void By_hand_a_population_is_where_it_was_put()
    {
        NetworkPlan network = Network(slice: 8);
        string hidden = network.Populations[1].Name;
        PlacementPlan plan = Plan(network, $"{hidden}=2");
        Assert.All(network.SlicesOf(network.Populations[1]), slice => Assert.Equal(2, plan.NodeOf[slice.Index]));
    }

    [Theory]
    [InlineData("nobody=0")]
    [InlineData("hidden=3")]
    [InlineData("hidden=1,hidden=2")]
    [InlineData("hidden=one")]
    [InlineData("anywhere")]
    public void What_cannot_be_placed_is_refused(string placement) =>
        Assert.Throws<PlacementException>(() => Plan(Network(slice: 8), placement));

    [Fact]
    public void On_one_node_nothing_crosses_and_the_plan_says_what_does()
    {
        NetworkPlan network = Network(slice: 8);
        PlacementPlan alone = PlacementPlanner.Plan(network, ["a:1"], new SpreadPlacement(), ValueFormat.Exact);
        Assert.Equal(0, Crossing(alone));
        PlacementPlan spread = Plan(network, "spread");
        LinkTraffic some = spread.Traffic.First(link => link.Crossing > 0);
        Assert.Contains($"{some.Name}: {some.Crossing} of {some.Links}", spread.ToText(network), StringComparison.Ordinal);
    }

    [Fact]
    public void The_longest_message_of_a_network_is_known_before_it_is_sent()
    {
        NetworkPlan network = Network(slice: 8);
        long largest = FrameSize.Largest(network, 100);
        FrameSize.ThrowIfTooSmall(network, 100, (int)largest);
        Assert.Throws<FrameTooSmallException>(() => FrameSize.ThrowIfTooSmall(network, 100, (int)largest - 1));
        Assert.Throws<FrameTooSmallException>(() => FrameSize.ThrowIfTooSmall(network, (int)largest, (int)largest));
        Assert.True(FrameSize.Largest(Network(slice: 64), 100) < FrameSize.Largest(Network(slice: 64, units: 9_000), 100));
    }

    private static int Crossing(PlacementPlan plan) => plan.Traffic.Sum(link => link.Crossing);

    private static PlacementPlan Plan(NetworkPlan network, string placement) =>
        PlacementPlanner.Plan(network, Nodes, PlacementStrategies.Parse(placement), ValueFormat.Exact);

    private static NetworkPlan Network(int slice, int units = 64) => NetworkCompiler.Compile(
        SmallNetwork.Settings(16, units, 10) with { Granularity = new(GranularityKind.Slice, slice) }, 100);
}
