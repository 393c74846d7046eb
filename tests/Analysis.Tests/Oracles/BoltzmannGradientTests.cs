using Nudge.Oracles;
using Nudge.Testing;

namespace Nudge.Analysis.Tests.Oracles;

/// <summary>Exact gradients are the slopes of the exact likelihood.</summary>
public sealed class BoltzmannGradientTests
{
    private const double Nudge = 1e-5;

    [Theory]
    [InlineData(false, false, 1)]
    [InlineData(false, true, 1)]
    [InlineData(false, true, 0.6)]
    [InlineData(true, false, 1)]
    [InlineData(true, true, 1.7)]
    public void The_gradient_is_the_slope_of_the_mean_log_likelihood(bool coupled, bool visibleBias, double beta)
    {
        const ulong Seed = 12;
        IReadOnlyList<float[]> rows = BarsAndStripes.Rows(2);
        BoltzmannParameters machine = Machines.Random(Seed, 5, 4, coupled, visibleBias, beta);
        BoltzmannStatistics gradient = ExactBoltzmann.Gradient(machine, rows);
        Compare(gradient.Products, machine, machine.Weights, rows);
        Compare(gradient.Hidden, machine, machine.HiddenBias, rows);
        Compare(gradient.Visible, machine, machine.VisibleBias, rows);
        Assert.Equal(coupled, gradient.HiddenProducts is not null);
        if (gradient.HiddenProducts is { } pairs)
            CompareCouplings(pairs, machine, rows);
    }

    private static void Compare(
        IReadOnlyList<double> gradient, BoltzmannParameters machine, double[] values, IReadOnlyList<float[]> rows)
    {
        for (int i = 0; i < values.Length; i++)
            Near(gradient[i], Slope(machine, rows, step => values[i] += step), $"{i}");
    }

    private static void CompareCouplings(
        IReadOnlyList<double> gradient, BoltzmannParameters machine, IReadOnlyList<float[]> rows)
    {
        int hidden = machine.Hidden;
        for (int i = 0; i < hidden; i++)
        {
            Assert.Equal(0, gradient[(i * hidden) + i]);
            for (int k = 0; k < i; k++)
            {
                double slope = Slope(machine, rows, step =>
                {
                    machine.Couplings![(i * hidden) + k] += step;
                    machine.Couplings![(k * hidden) + i] = machine.Couplings[(i * hidden) + k];
                });
                Near(gradient[(i * hidden) + k], slope, $"{i}, {k}");
                Near(gradient[(k * hidden) + i], slope, $"{k}, {i}");
            }
        }
    }

    private static double Slope(BoltzmannParameters machine, IReadOnlyList<float[]> rows, Action<double> move)
    {
        move(Nudge);
        double up = ExactBoltzmann.NegativeLogLikelihood(machine, rows);
        move(-2 * Nudge);
        double down = ExactBoltzmann.NegativeLogLikelihood(machine, rows);
        move(Nudge);
        return (down - up) / (2 * Nudge * rows.Count);
    }

    private static void Near(double gradient, double slope, string place) =>
        Assert.True(Math.Abs(gradient - slope) < 1e-8, $"at {place}: gradient {gradient:R}, slope {slope:R}");
}
