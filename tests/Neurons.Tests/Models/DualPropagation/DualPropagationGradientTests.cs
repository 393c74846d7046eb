using Nudge.Models;
using Nudge.Models.DualPropagation;
using Nudge.Models.PredictiveCoding;
using Nudge.Networks;
using Nudge.Numerics;
using Nudge.Populations;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Models.DualPropagation;

/// <summary>What the updates of dual propagation should be, and when that is backpropagation.</summary>
public sealed class DualPropagationGradientTests
{
    private const double Move = 1e-5;
    private static readonly VectorExamples Examples = VectorExamples.Spread(5, 4, 2);

    [Theory]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Sigmoid)]
    public void For_a_small_nudge_the_contrast_is_minus_the_slope_of_the_cost(Activation activation)
    {
        DualPropagationGradient oracle = Oracle(activation);
        GradientVector descent = oracle.Contrast(1e-4);
        foreach (ProjectionPlan projection in oracle.Parameters.Network.Projections.Where(one => !one.IsBackward))
            Compare(oracle, oracle.Parameters.Weights[projection.Index], descent.Weights[projection.Index]);
        for (int population = 1; population < 4; population++)
            Compare(oracle, oracle.Parameters.Biases[population], descent.Biases[population]);
    }

    [Theory]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Sigmoid)]
    [InlineData(Activation.HardSigmoid)]
    public void For_a_small_nudge_it_is_the_backpropagation_that_predictive_coding_approaches(Activation activation)
    {
        (NetworkPlan network, NetworkWeights weights) = Network(activation);
        GradientVector exact = new PredictiveCodingGradient(network, 1, weights, Examples).CostDescent();
        GradientVector contrast = new DualPropagationGradient(network, weights, Examples).Contrast(1e-4);
        Assert.True(exact.Norm() > 0.1, $"the test sees little: {exact.Norm()}");
        Assert.InRange(contrast.Subtract(exact).Norm() / exact.Norm(), 0, 1e-6);
    }

    [Theory]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Sigmoid)]
    public void The_error_of_a_finite_nudge_falls_with_its_square(Activation activation)
    {
        DualPropagationGradient oracle = Oracle(activation);
        GradientVector exact = oracle.Contrast(1e-4);
        double[] distances = [.. new[] { 1, 0.5, 0.25 }.Select(beta => oracle.Contrast(beta).Subtract(exact).Norm() / exact.Norm())];
        Assert.True(distances[0] > 1e-3, $"nothing to approach: {distances[0]}");
        for (int i = 1; i < distances.Length; i++)
            Assert.InRange(distances[i - 1] / distances[i], 3, 5);
    }

    [Fact]
    public void Nudges_of_opposite_sign_have_the_same_contrast()
    {
        DualPropagationGradient oracle = Oracle(Activation.Tanh);
        GradientVector plus = oracle.Contrast(0.7);
        Assert.InRange(oracle.Contrast(-0.7).Subtract(plus).Norm() / plus.Norm(), 0, 1e-12);
    }

    private static void Compare(DualPropagationGradient oracle, double[] parameters, double[] descent)
    {
        for (int place = 0; place < parameters.Length; place++)
        {
            double before = parameters[place];
            parameters[place] = before + Move;
            double above = Cost(oracle);
            parameters[place] = before - Move;
            double slope = (above - Cost(oracle)) / (2 * Move);
            parameters[place] = before;
            Assert.Equal(-slope, descent[place], 1e-7);
        }
    }

    private static double Cost(DualPropagationGradient oracle)
    {
        // One parameter for both directions: the backward copy follows.
        foreach (ProjectionPlan projection in oracle.Parameters.Network.Projections.Where(one => one.Reverse >= 0 && !one.IsBackward))
        {
            double[] forward = oracle.Parameters.Weights[projection.Index];
            double[] back = oracle.Parameters.Weights[projection.Reverse];
            for (int i = 0; i < forward.Length; i++)
                back[(i % projection.Source.Size * projection.Target.Size) + (i / projection.Source.Size)] = forward[i];
        }

        return Enumerable.Range(0, Examples.Count).Average(oracle.Cost);
    }

    private static DualPropagationGradient Oracle(Activation activation)
    {
        (NetworkPlan network, NetworkWeights weights) = Network(activation);
        return new(network, weights, Examples);
    }

    private static (NetworkPlan Network, NetworkWeights Weights) Network(Activation activation)
    {
        NetworkSettings settings = SmallHierarchy.Settings([4, 6, 5, 2], activation) with { Model = new DualPropagationSettings() };
        (VirtualEngine engine, _, NetworkPlan network) = SmallNetwork.Prepare(settings, 10, Examples);
        foreach (PopulationSlice slice in engine.Slices)
            slice.Bias?.Set([.. Enumerable.Range(0, slice.Plan.Count).Select(i => 0.15f + (0.3f * i / slice.Plan.Count))]);
        return (network, NetworkWeights.Of(network, engine.Slices));
    }
}
