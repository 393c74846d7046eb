using Nudge.Models;
using Nudge.Models.PredictiveCoding;
using Nudge.Networks;
using Nudge.Numerics;
using Nudge.Populations;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Models.PredictiveCoding;

/// <summary>What the updates of predictive coding should be, and when that is backpropagation.</summary>
public sealed class PredictiveCodingGradientTests
{
    private const double Move = 1e-5;
    private static readonly VectorExamples Examples = VectorExamples.Spread(5, 4, 2);

    [Theory]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Sigmoid)]
    public void Backpropagation_is_minus_the_slope_of_the_cost(Activation activation)
    {
        PredictiveCodingGradient oracle = Oracle(activation, 1);
        GradientVector descent = oracle.CostDescent();
        foreach (ProjectionPlan projection in oracle.Parameters.Network.Projections.Where(one => !one.IsBackward))
            Compare(oracle, oracle.Parameters.Weights[projection.Index], descent.Weights[projection.Index]);
        for (int population = 1; population < 4; population++)
            Compare(oracle, oracle.Parameters.Biases[population], descent.Biases[population]);
    }

    [Theory]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Sigmoid)]
    [InlineData(Activation.HardSigmoid)]
    public void The_contrast_becomes_backpropagation_as_the_variance_of_the_output_grows(Activation activation)
    {
        double[] distances =
        [
            .. new double[] { 1, 10, 100, 1000 }.Select(variance =>
            {
                PredictiveCodingGradient oracle = Oracle(activation, variance);
                GradientVector exact = oracle.CostDescent();
                return oracle.Contrast().Subtract(exact).Norm() / exact.Norm();
            }),
        ];
        Assert.True(distances[0] > 0.05, $"nothing to approach: {distances[0]}");
        for (int i = 1; i < distances.Length; i++)
            Assert.InRange(distances[i], distances[i - 1] / 15, distances[i - 1] / 3);
    }

    [Fact]
    public void The_contrast_is_minus_the_slope_of_the_free_energy_of_the_clamped_network()
    {
        PredictiveCodingGradient oracle = Oracle(Activation.Tanh, 2);
        GradientVector contrast = oracle.Contrast();
        double[] weights = oracle.Parameters.Weights[0];
        for (int place = 0; place < weights.Length; place++)
            Assert.Equal(-2 * Slope(weights, place, oracle.FreeEnergy), contrast.Weights[0][place], 1e-6);
    }

    private static PredictiveCodingGradient Oracle(Activation activation, double variance)
    {
        (VirtualEngine engine, _, NetworkPlan network) = SmallNetwork.Prepare(
            SmallHierarchy.Settings([4, 6, 5, 2], activation, variance), 10, Examples);
        foreach (PopulationSlice slice in engine.Slices)
            slice.Bias?.Set([.. Enumerable.Range(0, slice.Plan.Count).Select(i => 0.2f + (0.1f * i))]);
        return new(network, variance, NetworkWeights.Of(network, engine.Slices), Examples);
    }

    private static void Compare(PredictiveCodingGradient oracle, double[] parameters, double[] descent)
    {
        for (int place = 0; place < parameters.Length; place++)
        {
            double slope = Slope(parameters, place, () => Enumerable.Range(0, Examples.Count).Average(oracle.Cost));
            Assert.Equal(-slope, descent[place], 1e-8);
        }
    }

    private static double Slope(double[] parameters, int place, Func<double> value)
    {
        double before = parameters[place];
        parameters[place] = before + Move;
        double up = value();
        parameters[place] = before - Move;
        double down = value();
        parameters[place] = before;
        return (up - down) / (2 * Move);
    }
}
