using CsCheck;
using Nudge.Oracles;
using Nudge.Testing;

namespace Nudge.Analysis.Tests.Oracles;

/// <summary>
/// The exact machine agrees with measured figures, with itself from the other side, and with plain sums.
/// </summary>
public sealed class ExactBoltzmannTests
{
    private static readonly IReadOnlyList<float[]> Rows = BarsAndStripes.Rows();

    [Theory]
    [InlineData(6, 358.604425669, 0.999561782, 15.484571833)]
    [InlineData(8, 359.189795885, 0.999523482, 17.046994860)]
    [InlineData(12, 358.077135067, 0.999443080, 19.938403894)]
    public void The_table_of_measurements_is_met(int hidden, double likelihood, double variation, double logPartition)
    {
        BoltzmannParameters machine = Machines.Table(hidden);
        Assert.Equal(likelihood, ExactBoltzmann.NegativeLogLikelihood(machine, Rows), 1e-9);
        Assert.Equal(variation, ExactBoltzmann.TotalVariation(machine, Rows), 1e-9);
        Assert.Equal(logPartition, ExactBoltzmann.LogPartition(machine), 1e-9);
    }

    [Fact]
    public void The_statistics_of_the_table_are_met()
    {
        BoltzmannParameters machine = Machines.Table(6);
        Assert.Equal(0.160305498, ExactBoltzmann.DataStatistics(machine, Rows).Products[0], 1e-9);
        Assert.Equal(0.179339393, ExactBoltzmann.ModelStatistics(machine).Products[0], 1e-9);
        double norm = Math.Sqrt(ExactBoltzmann.Gradient(machine, Rows).Products.Sum(value => value * value));
        Assert.Equal(0.315336205, norm, 1e-9);
    }

    [Fact]
    public void Without_weights_all_patterns_are_equally_likely()
    {
        BoltzmannParameters machine = Machines.Zero(5);
        Assert.Equal(354.891356, ExactBoltzmann.NegativeLogLikelihood(machine, Rows), 6);
        Assert.Equal(0.999542236, ExactBoltzmann.TotalVariation(machine, Rows), 1e-9);
    }

    [Fact]
    public void The_rows_have_the_ideal_likelihood_of_their_own_distribution()
    {
        string[] keys = [.. Rows.Select(row => string.Concat(row))];
        Assert.Equal(30, keys.Distinct().Count());
        double ideal = keys.GroupBy(key => key).Sum(group => group.Count() * -Math.Log(group.Count() / 32.0));
        Assert.Equal(108.130960, ideal, 6);
    }

    [Fact]
    public void Either_side_may_be_enumerated() =>
        Machines.Cases.Sample(one =>
        {
            BoltzmannParameters machine =
                Machines.Random(one.Seed, one.Hidden, one.Visible, inverseTemperature: 1.3);
            Near(
                ExactBoltzmann.LogPartition(machine, hidden: true),
                ExactBoltzmann.LogPartition(machine, hidden: false));
            BoltzmannStatistics a = ExactBoltzmann.ModelStatistics(machine, hidden: true);
            BoltzmannStatistics b = ExactBoltzmann.ModelStatistics(machine, hidden: false);
            AllNear([.. a.Products, .. a.Hidden, .. a.Visible], [.. b.Products, .. b.Hidden, .. b.Visible]);
        });

    [Fact]
    public void Large_weights_neither_overflow_nor_lose_the_sides_agreement()
    {
        BoltzmannParameters mild = Machines.Random(3, 11, 9);
        BoltzmannParameters machine = mild with { Weights = [.. mild.Weights.Select(weight => 400 * weight)] };
        double logPartition = ExactBoltzmann.LogPartition(machine, hidden: true);
        Assert.Equal(1, ExactBoltzmann.LogPartition(machine, hidden: false) / logPartition, 13);
        AllNear(
            ExactBoltzmann.ModelStatistics(machine, hidden: true).Products,
            ExactBoltzmann.ModelStatistics(machine, hidden: false).Products);
    }

    [Fact]
    public void The_probabilities_of_all_patterns_sum_to_one_and_no_term_exceeds_the_partition_function() =>
        Machines.Cases.Sample(one =>
        {
            BoltzmannParameters machine = Machines.Random(one.Seed, one.Hidden, one.Visible, one.Coupled, true, 0.7);
            double logPartition = ExactBoltzmann.LogPartition(machine);
            double[] logWeights =
                [.. Machines.AllPatterns(one.Visible).Select(row => ExactBoltzmann.LogWeight(machine, row))];
            Near(1, logWeights.Sum(value => Math.Exp(value - logPartition)));
            Assert.All(logWeights, value => Assert.True(value <= logPartition + 1e-12));
        });

    [Fact]
    public void Statistics_are_those_of_a_plain_sum_over_all_states() =>
        Machines.Cases.Sample(one =>
        {
            BoltzmannParameters machine = Machines.Random(one.Seed, one.Hidden, one.Visible, one.Coupled, true, 1.2);
            BoltzmannStatistics plain = PlainBoltzmann.Statistics(machine);
            BoltzmannStatistics found = ExactBoltzmann.ModelStatistics(machine);
            AllNear(plain.Products, found.Products);
            AllNear(plain.Hidden, found.Hidden);
            AllNear(plain.Visible, found.Visible);
            AllNear(plain.HiddenProducts ?? [], found.HiddenProducts ?? []);
        });

    [Fact]
    public void A_machine_of_single_precision_keeps_its_values_and_joins_the_copies_of_a_coupling()
    {
        var machine = BoltzmannParameters.Of(
            [1, 2, 3, 4, 5, 6], [0.5f, -0.5f], couplings: [9, 1, 3, 9], inverseTemperature: 2);
        Assert.Equal((2, 3, 2.0), (machine.Hidden, machine.Visible, machine.InverseTemperature));
        Assert.Equal([0, 2, 2, 0], machine.Couplings!);
        Assert.Equal([0, 0, 0], machine.VisibleBias);
        Assert.Equal(PlainBoltzmann.LogPartition(machine), ExactBoltzmann.LogPartition(machine), 11);
    }

    private static void Near(double expected, double found) =>
        Assert.True(Math.Abs(expected - found) < 1e-11, $"expected {expected:R}, found {found:R}");

    private static void AllNear(IReadOnlyList<double> expected, IReadOnlyList<double> found)
    {
        Assert.Equal(expected.Count, found.Count);
        for (int i = 0; i < expected.Count; i++)
            Near(expected[i], found[i]);
    }
}
