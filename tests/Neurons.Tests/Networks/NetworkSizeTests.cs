using Nudge.Networks;
using Nudge.Testing;
using Nudge.Topology;

namespace Nudge.Neurons.Tests.Networks;

/// <summary>What is counted from settings is what a compiled network has.</summary>
public sealed class NetworkSizeTests
{
    public static TheoryData<GranularityKind, int> Cuts => new()
    {
        { GranularityKind.Layer, 1 }, { GranularityKind.Neuron, 1 }, { GranularityKind.Slice, 4 }, { GranularityKind.Slice, 5 },
    };

    [Theory]
    [MemberData(nameof(Cuts))]
    public void Counts_are_those_of_the_network(GranularityKind kind, int units)
    {
        NetworkSettings settings = SmallNetwork.Settings(6, 16, 3) with { Granularity = new(kind, units), Lanes = 3 };
        settings = settings with
        {
            Projections = [.. settings.Projections, new("within", new() { From = "hidden", To = "hidden", Rate = 0.1 })],
        };
        NetworkPlan network = NetworkCompiler.Compile(settings, 1);
        Assert.Equal(new(network.Slices.Count, network.Links.Count), NetworkSize.Of(settings));
        Assert.Equal(network.Slices.Sum(slice => NetworkSize.BytesOf(network, slice)), NetworkSize.BytesOf(network));
        Assert.True(NetworkSize.BytesOf(network) >= sizeof(float) * network.Synapses);
    }

    [Fact]
    public void What_no_machine_can_hold_is_counted_too()
    {
        NetworkSettings settings = SmallNetwork.Settings(1_000_000, 1_000_000, 1_000_000) with
        {
            Granularity = new(GranularityKind.Neuron),
        };
        Assert.Equal(new(2_000_001, 2_000_001_000_000), NetworkSize.Of(settings));
    }
}
