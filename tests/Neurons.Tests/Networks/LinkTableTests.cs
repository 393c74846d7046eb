using CsCheck;
using Nudge.Networks;
using Nudge.Testing;
using Nudge.Topology;

namespace Nudge.Neurons.Tests.Networks;

/// <summary>Links that are worked out from their numbers are those of a list.</summary>
public sealed class LinkTableTests
{
    private static Gen<NetworkPlan> Any { get; } = Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[1, 4]).Select(
        (inputs, hidden, outputs, units) => NetworkCompiler.Compile(
            SmallNetwork.Settings(inputs, hidden, outputs) with { Granularity = new(GranularityKind.Slice, units) }, 1));

    [Fact]
    public void A_link_has_its_number_and_joins_two_slices_of_the_populations_of_its_projection() => Any.Sample(network =>
    {
        Assert.Equal(Enumerable.Range(0, network.Links.Count), network.Links.Select(link => link.Index));
        Assert.Equal(Enumerable.Range(0, network.Links.Count).Select(i => network.Links[i]), network.Links);
        foreach (LinkPlan link in network.Links)
        {
            Assert.Equal(link.Projection.Source, link.Source.Population);
            Assert.Equal(link.Projection.Target, link.Target.Population);
            Assert.Equal(link.Source, network.SlicesOf(link.Projection.Source)[link.SourceSlot]);
            Assert.Equal(link.Projection, network.Afferents(link.Target.Population).ElementAt(link.AfferentSlot));
        }

        Assert.Equal(network.Links.Count, network.Links.Select(link => link.Key).Distinct().Count());
    });

    [Fact]
    public void The_links_of_a_slice_are_those_that_name_it() => Any.Sample(network =>
    {
        foreach (SlicePlan slice in network.Slices)
        {
            Assert.Equal(network.Links.Where(link => link.Source == slice), network.LinksFrom(slice));
            Assert.Equal(network.Links.Where(link => link.Target == slice), network.LinksTo(slice));
        }
    });

    [Fact]
    public void There_is_no_link_beyond_the_last()
    {
        NetworkPlan network = NetworkCompiler.Compile(SmallNetwork.Settings(2, 3, 2), 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Links[network.Links.Count]);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Links[-1]);
    }
}
