using CsCheck;
using Nudge.Models;
using Nudge.Oracles;

namespace Nudge.Analysis.Tests.Oracles;

/// <summary>Sums layer by layer agree with sums over all states at once, and gradients with differences.</summary>
public sealed class ExactHelmholtzTests
{
    private const double Difference = 1e-5;

    private static readonly Gen<(int[] Layers, double[] Values)> Cases =
        from hidden in Gen.Int[1, 2]
        from layers in Gen.Int[1, 3].Array[hidden + 1]
        from values in Gen.Double[-2, 2].Array[PlainHelmholtz.Parameters(layers)]
        select (layers, values);

    [Fact]
    public void The_likelihood_is_the_sum_over_all_hidden_states() => Cases.Sample(
        one =>
        {
            var plain = new PlainHelmholtz(one.Layers, one.Values);
            IReadOnlyList<float[]> rows = Machines.AllPatterns(one.Layers[0]);
            double expected = rows.Sum(row => -plain.LogLikelihood(row));
            Assert.Equal(expected, ExactHelmholtz.NegativeLogLikelihood(plain.Machine, rows), 1e-9 * expected);
            double apart = rows.Sum(row => Math.Abs(Math.Exp(plain.LogLikelihood(row)) - (1.0 / rows.Count))) / 2;
            Assert.Equal(apart, ExactHelmholtz.TotalVariation(plain.Machine, rows), 1e-9);
        },
        iter: 60);

    [Fact]
    public void The_free_energy_is_that_of_recognition_and_never_below_the_likelihood() => Cases.Sample(
        one =>
        {
            var plain = new PlainHelmholtz(one.Layers, one.Values);
            IReadOnlyList<float[]> rows = Machines.AllPatterns(one.Layers[0]);
            double energy = ExactHelmholtz.FreeEnergy(plain.Machine, rows);
            Assert.Equal(rows.Sum(plain.FreeEnergy), energy, 1e-9 * energy);
            Assert.True(energy >= ExactHelmholtz.NegativeLogLikelihood(plain.Machine, rows) - 1e-9);
        },
        iter: 60);

    [Fact]
    public void Each_phase_has_the_gradient_of_its_own_cost() => Cases.Sample(
        one =>
        {
            var plain = new PlainHelmholtz(one.Layers, one.Values);
            float[][] rows = [.. Machines.AllPatterns(one.Layers[0]).Take(2)];
            var gradient = HelmholtzGradient.Of(plain.Machine, rows);
            for (int layer = 0; layer < one.Layers.Length; layer++)
            {
                AssertGradient(one, plain.First(layer, true), gradient.Generative[layer], at => at.Wake(plain, rows));
                if (layer > 0)
                    AssertGradient(one, plain.First(layer, false), gradient.Recognition[layer - 1], at => at.Sleep(plain));
            }
        },
        iter: 20);

    [Fact]
    public void A_row_counts_as_often_as_it_occurs()
    {
        var plain = new PlainHelmholtz([2, 2], [.. Enumerable.Range(0, PlainHelmholtz.Parameters([2, 2])).Select(i => 0.3 * (i - 4))]);
        float[] row = [1, 0];
        Assert.Equal(
            3 * ExactHelmholtz.FreeEnergy(plain.Machine, [row]), ExactHelmholtz.FreeEnergy(plain.Machine, [row, row, row]), 1e-9);
    }

    [Theory]
    [InlineData(21)]
    [InlineData(11, 10)]
    [InlineData(4, 12, 9)]
    public void More_than_twenty_units_are_refused(params int[] hidden)
    {
        int[] layers = [2, .. hidden];
        var machine = new PlainHelmholtz(layers, new double[PlainHelmholtz.Parameters(layers)]).Machine;
        Assert.Equal(21, ExactHelmholtz.UnitsToEnumerate(machine.Hidden));
        Assert.Throws<OracleTooLargeException>(() => ExactHelmholtz.NegativeLogLikelihood(machine, [[0, 1]]));
        Assert.Throws<OracleTooLargeException>(() => ExactHelmholtz.FreeEnergy(machine, [[0, 1]]));
        Assert.Throws<OracleTooLargeException>(() => HelmholtzGradient.Of(machine, [[0, 1]]));
    }

    private static void AssertGradient(
        (int[] Layers, double[] Values) one, int first, PredictionGradient gradient, Func<PlainHelmholtz, double> cost)
    {
        double[] expected = [.. gradient.Weights, .. gradient.Bias];
        for (int i = 0; i < expected.Length; i++)
        {
            double At(double step)
            {
                double[] moved = [.. one.Values];
                moved[first + i] += step;
                return cost(new(one.Layers, moved));
            }

            Assert.Equal((At(Difference) - At(-Difference)) / (2 * Difference), expected[i], 1e-7);
        }
    }
}
