using Nudge.Networks;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Plasticity;

/// <summary>One number that multiplies all learning rates.</summary>
public sealed class RateFactorTests
{
    [Fact]
    public void A_factor_makes_the_same_bits_as_rates_that_are_multiplied_by_it()
    {
        float[] factored = Weights(0.03, 0.01, factor: 4);

        Assert.Equal(Weights(0.03 * 4, 0.01 * 4, factor: 1), factored);
        Assert.NotEqual(Weights(0.03, 0.01, factor: 1), factored);
    }

    private static float[] Weights(double rate, double biasRate, double factor)
    {
        NetworkSettings settings = SmallNetwork.Settings(6, 16, 3, rate);
        settings = settings with
        {
            Populations = [.. settings.Populations.Select(one => KeyValuePair.Create(one.Key, WithBias(one.Value, biasRate)))],
            Learning = settings.Learning with { RateFactor = factor },
        };
        (VirtualEngine engine, _, NetworkPlan network) = SmallNetwork.Prepare(settings, 40, VectorExamples.Corners(3));
        SmallNetwork.RunToEnd(engine);
        return SmallNetwork.Weights(network, engine.Slices);
    }

    private static PopulationSettings WithBias(PopulationSettings population, double rate) =>
        population.Role == PopulationRole.Input ? population : population with { BiasRate = rate };
}
