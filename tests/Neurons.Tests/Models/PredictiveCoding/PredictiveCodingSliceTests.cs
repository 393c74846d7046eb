using CsCheck;
using Nudge.Models;
using Nudge.Models.PredictiveCoding;
using Nudge.Networks;
using Nudge.Numerics;
using Nudge.Populations;
using Nudge.Testing;
using Nudge.Topology;

namespace Nudge.Neurons.Tests.Models.PredictiveCoding;

public sealed class PredictiveCodingSliceTests
{
    private const int Inputs = 5;
    private const int Units = 18;
    private const int Outputs = 3;
    private static readonly Gen<float[]> Stimulus = Gen.Float[-1, 1].Array[Inputs];

    private static readonly Gen<float[]> Target = Gen.Float[-1, 1].Array[Outputs];

    [Fact]
    public void A_step_moves_values_by_their_errors_and_the_errors_above()
    {
        Gen.Select(Stimulus, Target, Gen.Float[0.05f, 2], Gen.Int[1, 6]).Sample(
            (stimulus, target, elapsed, steps) =>
            {
                HandDrivenHierarchy hierarchy = Make(Activation.Tanh, 2);
                hierarchy.Begin(stimulus, target);
                for (int step = 0; step < steps; step++)
                    hierarchy.Step(elapsed);
                (double[] activity, double[] hidden, double[] output) = Plain(hierarchy, stimulus, target, elapsed, steps);
                Near(activity, HandDrivenHierarchy.ActivityOf(hierarchy.Hidden));
                Near(hidden, HandDrivenHierarchy.ErrorsOf(hierarchy.Hidden));
                Near(output, HandDrivenHierarchy.ErrorsOf(hierarchy.Output));
            },
            iter: 100,
            threads: 1);
    }

    [Theory]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Sigmoid)]
    [InlineData(Activation.HardSigmoid)]
    public void Errors_vanish_in_a_free_phase_also_after_a_clamped_one(Activation activation)
    {
        HandDrivenHierarchy hierarchy = Make(activation, 1);
        Gen.Select(Stimulus, Target).Sample(
            (stimulus, target) =>
            {
                hierarchy.Begin(stimulus, target);
                hierarchy.Settle();
                Assert.Contains(HandDrivenHierarchy.ErrorsOf(hierarchy.Output), error => Math.Abs(error) > 1e-3);
                hierarchy.Begin(stimulus, null);
                hierarchy.Settle();
                float[] errors =
                    [.. HandDrivenHierarchy.ErrorsOf(hierarchy.Hidden), .. HandDrivenHierarchy.ErrorsOf(hierarchy.Output)];
                Assert.All(errors, error => Assert.Equal(0, error, 1e-5));
            },
            iter: 20,
            threads: 1);
    }

    [Fact]
    public void A_clamped_phase_teaches_both_copies_the_contrast_of_the_exact_network()
    {
        HandDrivenHierarchy hierarchy = Make(Activation.Tanh, 3);
        var examples = new VectorExamples([[0.5f, -0.2f, 0.9f, 0.1f, -0.7f]], [1], Outputs);
        float[] stimulus = new float[Inputs];
        examples.CopyInput(0, stimulus);
        NetworkWeights before = NetworkWeights.Of(hierarchy.Network, hierarchy.Slices);
        GradientVector exact = new PredictiveCodingGradient(hierarchy.Network, 3, before, examples).Contrast();
        hierarchy.Begin(stimulus, [-1, 1, -1], 2);
        hierarchy.Settle();
        hierarchy.Begin(stimulus, null);
        hierarchy.Step(0.25f);
        NetworkWeights after = NetworkWeights.Of(hierarchy.Network, hierarchy.Slices);
        foreach (ProjectionPlan projection in hierarchy.Network.Projections)
        {
            double factor = 2 * projection.Settings.Rate;
            (float[] old, float[] now) = (before.Weights[projection.Index], after.Weights[projection.Index]);
            Near(
                [.. exact.Weights[projection.Index].Select(value => factor * value)],
                [.. now.Zip(old, (a, b) => a - b)]);
        }
    }

    [Fact]
    public void A_projection_that_leads_neither_up_nor_down_is_refused()
    {
        NetworkSettings plain = SmallHierarchy.Settings([Inputs, Units, Outputs]);
        NetworkPlan network = NetworkCompiler.Compile(
            plain with
            {
                Populations = [.. plain.Populations, new("beside", new() { Role = PopulationRole.Hidden, Size = 4 })],
                Projections =
                [
                    .. plain.Projections,
                    new("in-beside", new() { From = "in", To = "beside" }),
                    new("beside-out", new() { From = "beside", To = "out", Bidirectional = true }),
                    new("across", new() { From = "beside", To = "hidden1" }),
                ],
            },
            1);
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => network.CreateSlice(network.Slices[1]));
        Assert.Contains("across", error.Message, StringComparison.Ordinal);
    }

    private static HandDrivenHierarchy Make(Activation activation, double variance)
    {
        var hierarchy = new HandDrivenHierarchy(SmallHierarchy.Settings([Inputs, Units, Outputs], activation, variance));
        hierarchy.Hidden.Bias!.Set([.. Enumerable.Range(0, Units).Select(i => 0.3f * i / Units)]);
        hierarchy.Output.Bias!.Set([0.1f, -0.2f, 0.3f]);
        return hierarchy;
    }

    /// <summary>The same dynamics in plain loops, for tanh units: the hidden population steps first, then the output.</summary>
    private static (double[] Activity, double[] HiddenErrors, double[] OutputErrors) Plain(
        HandDrivenHierarchy hierarchy, float[] stimulus, float[] target, float elapsed, int steps)
    {
        double share = Math.Min(elapsed, 1);
        (double[] x, double[] activity, double[] hidden) = (new double[Units], new double[Units], new double[Units]);
        double[] output = new double[Outputs];
        (var fromInput, var fromOutput) = (hierarchy.Hidden.Synapses[0].Weights, hierarchy.Hidden.Synapses[1].Weights);
        var fromHidden = hierarchy.Output.Synapses[0].Weights;
        for (int step = 0; step < steps; step++)
        {
            for (int i = 0; i < Units; i++)
            {
                (double predicted, double feedback) = (hierarchy.Hidden.Bias!.Values[i], 0);
                for (int j = 0; j < Inputs; j++)
                    predicted += fromInput[i, j] * stimulus[j];
                for (int k = 0; k < Outputs; k++)
                    feedback += fromOutput[i, k] * output[k];
                x[i] += share * (predicted - x[i] + ((1 - (activity[i] * activity[i])) * feedback));
                activity[i] = Math.Tanh(x[i]);
                hidden[i] = x[i] - predicted;
            }

            for (int k = 0; k < Outputs; k++)
            {
                double predicted = hierarchy.Output.Bias!.Values[k];
                for (int i = 0; i < Units; i++)
                    predicted += fromHidden[k, i] * activity[i];
                output[k] = (target[k] - predicted) / 2;
            }
        }

        return (activity, hidden, output);
    }

    private static void Near(double[] expected, float[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
}
