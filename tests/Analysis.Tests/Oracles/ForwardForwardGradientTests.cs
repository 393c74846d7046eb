using Nudge.Models;
using Nudge.Oracles;

namespace Nudge.Analysis.Tests.Oracles;

/// <summary>Each layer's direction is the slope of its own loss.</summary>
public sealed class ForwardForwardGradientTests
{
    private const double Nudge = 1e-6;
    private const double Threshold = 0.3;
    private static readonly float[] Sample = [0.2f, 0, 0.9f, 0.4f, 1];

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 1)]
    [InlineData(true, 7)]
    [InlineData(false, 7)]
    public void Descent_is_minus_the_slope_of_the_layers_own_loss(bool isPositive, double sharpness)
    {
        ForwardForwardLayer[] layers = Stack(seed: 4);
        var oracle = new ForwardForwardGradient(layers, Threshold, sharpness);
        GradientVector descent = oracle.Layer(Sample, isPositive);
        for (int layer = 0; layer < layers.Length; layer++)
        {
            Compare(oracle, layer, isPositive, layers[layer].Weights, descent.Weights[layer]);
            Compare(oracle, layer, isPositive, layers[layer].Bias, descent.Biases[layer]);
            Assert.Contains(descent.Biases[layer], value => value != 0);
        }
    }

    [Fact]
    public void The_mean_weighs_samples_equally()
    {
        float[] other = [1, 0.5f, 0, 0, 0.1f];
        var oracle = new ForwardForwardGradient(Stack(seed: 4), Threshold);
        GradientVector mean = oracle.Mean([(Sample, true), (other, false)]);
        GradientVector apart = mean.Scale(2).Subtract(oracle.Layer(Sample, true)).Subtract(oracle.Layer(other, false));
        Assert.Equal(0, apart.Norm(), 1e-15);
    }

    [Fact]
    public void A_positive_sample_raises_goodness_and_a_negative_one_lowers_it_along_one_direction()
    {
        var oracle = new ForwardForwardGradient(Stack(seed: 4), Threshold);
        GradientVector positive = oracle.Layer(Sample, true);
        GradientVector negative = oracle.Layer(Sample, false);
        double[] ratios =
        [
            .. positive.Biases[0].Zip(negative.Biases[0]).Where(p => p.First != 0).Select(p => p.First / p.Second),
        ];
        Assert.NotEmpty(ratios);
        Assert.All(ratios, ratio => Assert.True(ratio < 0 && Math.Abs(ratio - ratios[0]) < 1e-12));
    }

    [Fact]
    public void The_length_of_the_input_does_not_matter_and_a_zero_input_stays_zero()
    {
        var oracle = new ForwardForwardGradient(Stack(seed: 4), Threshold);
        double[] once = [.. oracle.Goodness(Sample)];
        double[] twice = [.. oracle.Goodness([.. Sample.Select(value => 2 * value)])];
        Assert.Equal(once[1], twice[1], 1e-14);
        GradientVector silent = oracle.Layer(new float[5], true);
        Assert.All(silent.Weights[0], value => Assert.Equal(0, value));
    }

    [Fact]
    public void Layers_that_do_not_fit_are_refused()
    {
        var oracle = new ForwardForwardGradient(Stack(seed: 4), Threshold);
        var error = Assert.Throws<ArgumentException>(() => oracle.Goodness(new float[4]));
        Assert.Contains("expected 24", error.Message, StringComparison.Ordinal);
    }

    private static void Compare(
        ForwardForwardGradient oracle, int layer, bool isPositive, double[] values, double[] descent)
    {
        for (int i = 0; i < values.Length; i++)
        {
            double kept = values[i];
            values[i] = kept + Nudge;
            double up = oracle.Losses(Sample, isPositive)[layer];
            values[i] = kept - Nudge;
            double down = oracle.Losses(Sample, isPositive)[layer];
            values[i] = kept;
            double slope = (down - up) / (2 * Nudge);
            bool near = Math.Abs(slope - descent[i]) < 1e-8;
            Assert.True(near, $"layer {layer} at {i}: slope {slope:R}, found {descent[i]:R}");
        }
    }

    private static ForwardForwardLayer[] Stack(ulong seed)
    {
        var draws = new Spread(seed);
        return [new(draws.Next(30, 1), draws.Next(6, 0.3)), new(draws.Next(24, 1), draws.Next(4, 0.3))];
    }
}
