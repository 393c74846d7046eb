using Nudge.Models;
using Nudge.Oracles;
using Nudge.Phases;
using Nudge.Testing;

namespace Nudge.Neurons.Tests.Models.ForwardForward;

/// <summary>Single updates of Forward-Forward layers against exact gradients (theory §4).</summary>
public sealed class ForwardForwardRuleTests
{
    private const double Rate = 0.5;
    private static readonly float[] Sample = [5, 0, 0.3f, 0.9f, 0.1f, 0.7f];
    private static readonly float[] Other = [0, 5, 0.8f, 0.2f, 0.6f, 0.4f];

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(0.5, false)]
    [InlineData(0.2, true)]
    [InlineData(0.2, false)]
    [InlineData(0.8, true)]
    [InlineData(0.8, false)]
    public void One_phase_descends_the_loss_with_one_over_the_probability_of_its_sign(double b, bool positive)
    {
        HandDrivenLayers layers = Make("isd");
        GradientVector before = ParametersOf(layers);
        var oracle = new ForwardForwardGradient(layers.Exact);
        layers.Show(Sample, new PhasePrior(b).Importance(positive));
        AssertNear(before.Scale(0), ParametersOf(layers).Subtract(before));
        layers.Show(Other, 0);
        double weight = positive ? 1 / b : 1 / (1 - b);
        AssertNear(oracle.Layer(Sample, positive).Scale(Rate * weight), ParametersOf(layers).Subtract(before));
    }

    [Fact]
    public void The_positive_phase_raises_the_goodness_of_every_layer_and_the_negative_one_lowers_it()
    {
        foreach (bool positive in (bool[])[true, false])
        {
            HandDrivenLayers layers = Make("isd");
            layers.Show(Sample, positive ? 2 : -2);
            float[] before = [.. layers.Layers.Select(HandDrivenLayers.GoodnessOf)];
            layers.Show(Other, 0);
            layers.Show(Sample, 0);
            float[] after = [.. layers.Layers.Select(HandDrivenLayers.GoodnessOf)];
            Assert.All(before.Zip(after), pair => Assert.True(positive == pair.Second > pair.First, $"{pair}"));
        }
    }

    [Fact]
    public void Paired_phases_are_applied_together_from_the_same_weights()
    {
        HandDrivenLayers layers = Make("paired");
        GradientVector before = ParametersOf(layers);
        var oracle = new ForwardForwardGradient(layers.Exact);
        layers.Show(Other, -1, stimulus: 3);
        layers.Show(Sample, 1, stimulus: 3);
        AssertNear(before.Scale(0), ParametersOf(layers).Subtract(before));
        layers.Show(Other, -1, stimulus: 4);
        GradientVector both = oracle.Mean([(Other, false), (Sample, true)]).Scale(2 * Rate);
        AssertNear(both, ParametersOf(layers).Subtract(before));
    }

    [Fact]
    public void A_phase_without_its_pair_teaches_nothing()
    {
        HandDrivenLayers layers = Make("paired");
        GradientVector before = ParametersOf(layers);
        for (int stimulus = 0; stimulus < 4; stimulus++)
            layers.Show(Sample, -1, stimulus);
        AssertNear(before.Scale(0), ParametersOf(layers).Subtract(before));
    }

    private static HandDrivenLayers Make(string rule) =>
        new(SmallLayers.Settings(6, [7, 18], 2, Rate).WithRule(rule));

    private static GradientVector ParametersOf(HandDrivenLayers layers) =>
        new([.. layers.Exact.Select(layer => layer.Weights)], [.. layers.Exact.Select(layer => layer.Bias)]);

    private static void AssertNear(GradientVector expected, GradientVector actual)
    {
        double apart = actual.Subtract(expected).Norm();
        Assert.True(apart <= (1e-4 * expected.Norm()) + 1e-7, $"{apart} apart, of {expected.Norm()}");
    }
}
