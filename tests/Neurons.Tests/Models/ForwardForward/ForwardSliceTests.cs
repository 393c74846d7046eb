using CsCheck;
using Nudge.Networks;
using Nudge.Oracles;
using Nudge.Testing;

namespace Nudge.Neurons.Tests.Models.ForwardForward;

public sealed class ForwardSliceTests
{
    // Squares of still smaller values would underflow.
    private static readonly Gen<float[]> Sample = Gen.Float[0, 4].Select(value => value < 1e-6f ? 0 : value).Array[6];

    [Fact]
    public void Its_goodness_is_that_of_exact_layers()
    {
        var layers = new HandDrivenLayers(SmallLayers.Settings(6, [7, 18], 2, 0));
        var oracle = new ForwardForwardGradient(layers.Exact);
        Sample.Sample(
            sample =>
            {
                layers.Show(sample, 0);
                IReadOnlyList<double> exact = oracle.Goodness(sample);
                for (int layer = 0; layer < 2; layer++)
                    Assert.Equal(exact[layer], HandDrivenLayers.GoodnessOf(layers.Layers[layer]), 1e-4);
            },
            iter: 200,
            threads: 1);
    }

    [Fact]
    public void The_length_of_its_input_does_not_change_its_answer()
    {
        var layers = new HandDrivenLayers(SmallLayers.Settings(6, [7, 18], 2, 0));
        Gen.Select(Sample, Gen.Float[0.01f, 100]).Sample(
            (sample, factor) =>
            {
                layers.Show(sample, 0);
                float[] first = HandDrivenLayers.ActivityOf(layers.Layers[1]);
                layers.Show([.. sample.Select(value => factor * value)], 0);
                float[] second = HandDrivenLayers.ActivityOf(layers.Layers[1]);
                Assert.All(first.Zip(second), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
            },
            iter: 200,
            threads: 1);
    }

    [Fact]
    public void A_zero_input_is_answered_by_the_biases_alone()
    {
        var layers = new HandDrivenLayers(SmallLayers.Settings(6, [7], 2, 0));
        layers.Show(new float[6], 0);
        Assert.Equal(layers.Layers[0].Bias!.Values[..7].ToArray(), HandDrivenLayers.ActivityOf(layers.Layers[0]));
    }

    [Fact]
    public void A_layer_that_hears_two_populations_is_refused()
    {
        NetworkSettings plain = SmallLayers.Settings(6, [7, 5], 2, 0);
        NetworkPlan network = NetworkCompiler.Compile(
            plain with { Projections = [.. plain.Projections, new("jump", new() { From = "in", To = "layer2" })] }, 1);
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => network.CreateSlice(network.Slices[2]));
        Assert.Contains("layer2", error.Message, StringComparison.Ordinal);
    }
}
