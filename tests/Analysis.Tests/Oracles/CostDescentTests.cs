using Nudge.Models;
using Nudge.Numerics;
using Nudge.Oracles;
using Nudge.Topology;

namespace Nudge.Analysis.Tests.Oracles;

/// <summary>Implicit differentiation gives the slopes of the cost at the free fixed point.</summary>
public sealed class CostDescentTests
{
    private const double Nudge = 1e-5;

    [Theory]
    [InlineData(Activation.HardSigmoid, 1, true)]
    [InlineData(Activation.HardSigmoid, 2, true)]
    [InlineData(Activation.HardSigmoid, 2, false)]
    [InlineData(Activation.Sigmoid, 1, true)]
    [InlineData(Activation.Sigmoid, 2, true)]
    [InlineData(Activation.Tanh, 1, true)]
    [InlineData(Activation.Tanh, 2, true)]
    [InlineData(Activation.Tanh, 2, false)]
    public void Descent_is_minus_the_slope_of_the_mean_cost(
        Activation activation, int hiddenLayers, bool bidirectional)
    {
        EquilibriumGradient oracle = EquilibriumNetworks.Oracle(activation, hiddenLayers, bidirectional);
        GradientVector descent = oracle.CostDescent(EquilibriumNetworks.All);
        Assert.True(descent.Norm() > 0.05, $"the test sees little: length {descent.Norm()}");
        foreach (ProjectionPlan projection in oracle.Parameters.Network.Projections)
        {
            double[] values = oracle.Parameters.Weights[projection.Index];
            for (int place = 0; place < values.Length; place++)
            {
                int at = place;
                double slope = Slope(oracle, step => Move(oracle.Parameters, projection, at, step));
                Near(-slope, descent.Weights[projection.Index][place], $"{projection.Name} at {place}");
            }
        }

        CompareBiases(oracle, descent);
    }

    [Fact]
    public void Units_at_a_bound_neither_move_nor_learn()
    {
        EquilibriumGradient oracle = EquilibriumNetworks.Oracle(Activation.HardSigmoid, 1);
        oracle.Parameters.Biases[1][0] = -50;
        oracle.Parameters.Biases[1][1] = 50;
        Assert.Equal([0, 1], oracle.FreeState(0).States[1][..2]);
        GradientVector descent = oracle.CostDescent(EquilibriumNetworks.All);
        Assert.Equal([0, 0], descent.Biases[1][..2]);
        Assert.All(descent.Weights[0][..8], value => Assert.Equal(0, value));
        CompareBiases(oracle, descent);
    }

    private static void CompareBiases(EquilibriumGradient oracle, GradientVector descent)
    {
        for (int population = 0; population < descent.Biases.Count; population++)
        {
            double[] bias = oracle.Parameters.Biases[population];
            for (int i = 0; i < bias.Length; i++)
            {
                int at = i;
                double slope = Slope(oracle, step => bias[at] += step);
                Near(-slope, descent.Biases[population][i], $"bias {population}, {i}");
            }
        }
    }

    private static void Move(ExactWeights parameters, ProjectionPlan projection, int place, double step)
    {
        parameters.Weights[projection.Index][place] += step;
        if (projection.Reverse < 0)
            return;
        (int target, int source) = (place / projection.Source.Size, place % projection.Source.Size);
        parameters.Weights[projection.Reverse][(source * projection.Target.Size) + target] += step;
    }

    private static double Slope(EquilibriumGradient oracle, Action<double> move)
    {
        move(Nudge);
        double up = EquilibriumNetworks.All.Average(oracle.Cost);
        move(-2 * Nudge);
        double down = EquilibriumNetworks.All.Average(oracle.Cost);
        move(Nudge);
        return (up - down) / (2 * Nudge);
    }

    private static void Near(double expected, double found, string place) =>
        Assert.True(Math.Abs(expected - found) < 1e-7, $"{place}: slope {expected:R}, descent {found:R}");
}
