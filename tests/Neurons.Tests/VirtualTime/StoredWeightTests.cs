using Nudge.Networks;
using Nudge.Plasticity.Rules;
using Nudge.Synapses;
using Nudge.Testing;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.VirtualTime;

/// <summary>Synapses that store their weights in few bits.</summary>
public sealed class StoredWeightTests
{
    private static readonly VectorExamples Examples = VectorExamples.Spread(10, 6, 3);

    [Theory]
    [InlineData(4, WeightRounding.Stochastic, 1)]
    [InlineData(8, WeightRounding.Stochastic, 3)]
    [InlineData(8, WeightRounding.Nearest, 1)]
    public void Stored_weights_are_multiples_of_the_step_from_the_first_to_the_last(int bits, WeightRounding rounding, int batch)
    {
        NetworkSettings settings = Settings(new() { Bits = bits, Range = 1, Rounding = rounding }) with { Links = SmallNetwork.Faulty };
        settings = settings with { Learning = settings.Learning with { Batch = batch } };
        (VirtualEngine engine, _, NetworkPlan network) = SmallNetwork.Prepare(settings, 60, Examples);
        float[] first = SmallNetwork.Weights(network, engine.Slices);
        SmallNetwork.RunToEnd(engine);
        float[] last = SynapsesOf(engine);

        double step = Math.ScaleB(1, 1 - bits);
        Assert.All(last, weight => Assert.Equal(0, Math.IEEERemainder(weight, step)));
        Assert.All(last, weight => Assert.InRange(weight, -1, 1 - step));
        Assert.NotEqual(first, SmallNetwork.Weights(network, engine.Slices));
    }

    [Fact]
    public void An_update_of_less_than_half_a_step_is_lost_by_the_nearest_and_kept_in_the_mean_by_chance()
    {
        (float[] first, float[] nearest) = Trained(WeightRounding.Nearest, seed: 3);
        Assert.Equal(first, nearest);

        // Single precision from the same first weights gives the exact change, which rounding by chance follows in the mean over all weights.
        (_, float[] byChance) = Trained(WeightRounding.Stochastic, seed: 3);
        float[] exact = TrainedFrom(first);
        double dot = 0;
        double norm = 0;
        for (int i = 0; i < first.Length; i++)
        {
            dot += (byChance[i] - first[i]) * (double)(exact[i] - first[i]);
            norm += (exact[i] - first[i]) * (double)(exact[i] - first[i]);
        }

        Assert.InRange(dot / norm, 0.5, 1.5);
    }

    [Fact]
    public void The_least_weight_when_it_is_turned_becomes_the_greatest_that_can_be_stored()
    {
        (VirtualEngine engine, _, _) = SmallNetwork.Prepare(Settings(new() { Bits = 4, Range = 1 }), 10, Examples);
        SynapseGroup synapses = GroupsOf(engine).First();
        (synapses.Weights[0, 0], synapses.Weights[0, 1], synapses.Weights[0, 2]) = (-1, 0.25f, -0.5f);
        synapses.TurnSigns((row, column) => row == 0 && column < 2);
        Assert.Equal([0.875f, -0.25f, -0.5f], [synapses.Weights[0, 0], synapses.Weights[0, 1], synapses.Weights[0, 2]]);
    }

    private static NetworkSettings Settings(WeightSettings weights)
    {
        NetworkSettings plain = SmallNetwork.Settings(6, 20, 3);
        return plain with { Learning = plain.Learning with { Rule = new DifferentialIsdSettings(), Weights = weights } };
    }

    // A step of 2⁻⁵, and updates far below half of it.
    private static (float[] First, float[] Last) Trained(WeightRounding rounding, ulong seed)
    {
        NetworkSettings settings = Settings(new() { Bits = 6, Range = 1, Rounding = rounding });
        settings = settings with { Seed = seed, Learning = settings.Learning with { RateFactor = 0.05 } };
        (VirtualEngine engine, _, _) = SmallNetwork.Prepare(settings, 400, Examples);
        float[] first = SynapsesOf(engine);
        SmallNetwork.RunToEnd(engine);
        return (first, SynapsesOf(engine));
    }

    private static float[] TrainedFrom(float[] first)
    {
        NetworkSettings settings = Settings(new()) with { Seed = 3 };
        settings = settings with { Learning = settings.Learning with { RateFactor = 0.05 } };
        (VirtualEngine engine, _, _) = SmallNetwork.Prepare(settings, 400, Examples);
        int from = 0;
        foreach (SynapseGroup synapses in GroupsOf(engine))
        {
            int length = synapses.Weights.Storage.Length;
            first.AsSpan(from, length).CopyTo(synapses.Weights.Storage);
            from += length;
        }

        SmallNetwork.RunToEnd(engine);
        return SynapsesOf(engine);
    }

    private static float[] SynapsesOf(VirtualEngine engine) =>
        [.. GroupsOf(engine).SelectMany(synapses => synapses.Weights.Storage.ToArray())];

    private static IEnumerable<SynapseGroup> GroupsOf(VirtualEngine engine) => engine.Slices.SelectMany(slice => slice.Synapses.ToArray());
}
