using Nudge.Models.EquilibriumPropagation;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Plasticity.Rules;
using Nudge.Populations;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Plasticity;

/// <summary>The rule for networks whose two copies differ (Scellier et al. 2018), against its formula in double precision.</summary>
public sealed class AsymmetricEpTests
{
    private const int Presentations = 240;
    private const double Rate = 1e-4;
    private const double Beta = 0.5;
    private static readonly VectorExamples Examples = VectorExamples.Spread(6, 4, 3);

    [Theory]
    [InlineData(Initialisation.Symmetric, true)]
    [InlineData(Initialisation.Symmetric, false)]
    [InlineData(Initialisation.Independent, true)]
    public void Each_copy_learns_the_change_of_its_own_unit_times_the_free_activity(Initialisation init, bool gate)
    {
        Learned learned = Run(init, gate, PhaseOrder.Alternating);
        (double[] below, double[] up, double[] down) = learned.Reference.VectorFieldContrast(Examples, Beta);
        AssertNear(below, learned.InHidden);
        AssertNear(up, learned.HiddenOut);
        AssertNear(down, learned.OutHidden);
        double apart = TwoLayerEquilibrium.Cosine(Transposed(up, 3), down);
        Assert.True(apart < 0.9, $"the test sees nothing: the copies' updates have cosine {apart}");
    }

    [Fact]
    public void Two_phases_of_one_polarity_teach_nothing()
    {
        Learned learned = Run(Initialisation.Independent, gate: true, PhaseOrder.Bernoulli, b: 1 - 1e-9);
        Assert.All(learned.InHidden, change => Assert.Equal(0, change));
        Assert.All(learned.OutHidden, change => Assert.Equal(0, change));
    }

    private static Learned Run(Initialisation init, bool gate, PhaseOrder order, double b = 0.5)
    {
        // One batch as long as the run holds the weights still, so that the sum of updates is their mean times the number.
        NetworkSettings settings = SmallNetwork.Settings(4, 8, 3, Rate) with
        {
            Model = new EquilibriumPropagationSettings { Beta = Beta },
            Learning = new() { Rule = new AsymmetricEpSettings(), Gate = gate, Batch = 2 * Presentations },
            Phases = new()
            {
                Order = order,
                B = b,
                Length = new() { Law = PhaseLengthLaw.Fixed, Floor = 0, Mean = 40 },
            },
        };
        settings = settings.WithProjections(projection => projection with { Gain = 0.4, Init = init });
        (VirtualEngine engine, _, NetworkPlan network) = SmallNetwork.Prepare(settings, Presentations, Examples);
        foreach (PopulationSlice slice in engine.Slices)
            slice.Bias?.Set([.. Enumerable.Range(0, slice.Plan.Count).Select(i => 0.15f + (0.3f * i / slice.Plan.Count))]);
        NetworkWeights before = NetworkWeights.Of(network, engine.Slices);
        SmallNetwork.RunToEnd(engine);
        NetworkWeights after = NetworkWeights.Of(network, engine.Slices);
        Assert.True(network.Projections[2].IsBackward);
        return new(
            new(before.Weights[0], before.Weights[1], before.Biases[1], before.Biases[2], before.Weights[2]),
            Change(before, after, 0),
            Change(before, after, 1),
            Change(before, after, 2));
    }

    private static double[] Change(NetworkWeights before, NetworkWeights after, int projection) =>
        [.. before.Weights[projection].Zip(after.Weights[projection], (a, b) => (double)b - a)];

    private static double[] Transposed(double[] matrix, int rows)
    {
        int columns = matrix.Length / rows;
        return [.. Enumerable.Range(0, matrix.Length).Select(place => matrix[(place % rows * columns) + (place / rows)])];
    }

    /// <summary>Each presentation teaches once, so that the sum is rate times their number times the mean.</summary>
    private static void AssertNear(double[] mean, double[] sum)
    {
        double largest = mean.Max(Math.Abs);
        Assert.True(largest > 1e-3, $"the test sees nothing: {largest}");
        Assert.All(
            mean.Zip(sum), pair => Assert.Equal(pair.First, pair.Second / (Rate * Presentations), 1e-3 * largest));
    }

    private sealed record Learned(TwoLayerEquilibrium Reference, double[] InHidden, double[] HiddenOut, double[] OutHidden);
}
