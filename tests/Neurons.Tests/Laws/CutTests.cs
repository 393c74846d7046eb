using Nudge.Networks;
using Nudge.Plasticity.Rules;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Laws;

/// <summary>Cutting a population into slices is a matter of machines, not of results (architecture, slices).</summary>
public sealed class CutTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void On_ideal_links_with_one_clock_per_population_every_cut_gives_the_same_bits(int lanes)
    {
        float[] whole = Run(GranularitySettings.Layer, lanes);
        Assert.Contains(whole, value => value != 0);
        Assert.Equal(whole, Run(new(GranularityKind.Slice, 3), lanes));
        Assert.Equal(whole, Run(new(GranularityKind.Slice, 16), lanes));
        Assert.Equal(whole, Run(new(GranularityKind.Neuron), lanes));
    }

    [Theory]
    [InlineData(1, UpdateTiming.Continuous)]
    [InlineData(3, UpdateTiming.Continuous)]
    [InlineData(3, UpdateTiming.PhaseEnd)]
    public void Every_cut_of_a_Boltzmann_machine_gives_the_same_bits(int lanes, UpdateTiming timing)
    {
        NetworkSettings settings = SmallMachine.Settings(9, 37, 0.05).WithVisibleBiases(0.05)
            .WithIsd(rule => rule with { Timing = timing, Centring = 0.01, Sparsity = new() { Cost = 0.1 } });
        float[] whole = Run(settings, GranularitySettings.Layer, lanes);
        Assert.Contains(whole, value => value != 0);
        Assert.Equal(whole, Run(settings, new(GranularityKind.Slice, 3), lanes));
        Assert.Equal(whole, Run(settings, new(GranularityKind.Neuron), lanes));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Every_cut_of_a_Helmholtz_machine_gives_the_same_bits(int lanes)
    {
        NetworkSettings settings = SmallHelmholtz.Settings([9, 21, 5], 0.3);
        float[] whole = Run(settings, GranularitySettings.Layer, lanes);
        Assert.Contains(whole, value => value != 0);
        Assert.Equal(whole, Run(settings, new(GranularityKind.Slice, 3), lanes));
        Assert.Equal(whole, Run(settings, new(GranularityKind.Neuron), lanes));
    }

    private static float[] Run(GranularitySettings granularity, int lanes) =>
        Run(SmallNetwork.Settings(9, 37, 4), granularity, lanes);

    private static float[] Run(NetworkSettings plain, GranularitySettings granularity, int lanes)
    {
        NetworkSettings settings = plain with
        {
            // The input is cut too, which it is not by default.
            Populations =
            [
                .. plain.Populations.Select(pair =>
                    KeyValuePair.Create(pair.Key, pair.Value with { Granularity = granularity })),
            ],
            Clocks = plain.Clocks with { Jitter = 0.3 },
            Lanes = lanes,
        };
        (VirtualEngine engine, _, NetworkPlan network) =
            SmallNetwork.Prepare(settings, 40 * lanes, VectorExamples.Spread(12, 9, 4));
        SmallNetwork.RunToEnd(engine);
        return SmallNetwork.Weights(network, engine.Slices);
    }
}
