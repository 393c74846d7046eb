using Nudge.Oracles;

namespace Nudge.Analysis.Tests.Oracles;

public sealed class AnnealedImportanceSamplingTests
{
    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 0.5)]
    [InlineData(true, 1)]
    public void The_estimate_is_near_the_exact_value_and_knows_its_own_error(bool coupled, double beta)
    {
        for (ulong seed = 1; seed <= 3; seed++)
        {
            BoltzmannParameters machine = Machines.Random(seed, 8, 10, coupled, true, beta);
            LogPartitionEstimate found = AnnealedImportanceSampling.LogPartition(machine, 100, 300, seed);
            double error = Math.Abs(found.Estimate - ExactBoltzmann.LogPartition(machine));
            Assert.True(found.StandardError is > 0 and < 0.1, $"seed {seed}: standard error {found.StandardError}");
            Assert.True(error < 4 * found.StandardError, $"seed {seed}: off by {error}, not ± {found.StandardError}");
        }
    }

    [Fact]
    public void Without_weights_and_hidden_biases_the_base_is_the_machine()
    {
        BoltzmannParameters random = Machines.Random(5, 4, 6);
        BoltzmannParameters machine = random with { Weights = new double[24], HiddenBias = new double[4] };
        LogPartitionEstimate found = AnnealedImportanceSampling.LogPartition(machine, 4, 3, 1);
        Assert.Equal(ExactBoltzmann.LogPartition(machine), found.Estimate, 12);
        Assert.Equal(0, found.StandardError);
    }

    [Fact]
    public void A_seed_gives_the_same_bits_again_and_another_seed_does_not()
    {
        BoltzmannParameters machine = Machines.Random(2, 6, 6);
        LogPartitionEstimate first = AnnealedImportanceSampling.LogPartition(machine, 10, 20, 7);
        Assert.Equal(first, AnnealedImportanceSampling.LogPartition(machine, 10, 20, 7));
        Assert.NotEqual(first, AnnealedImportanceSampling.LogPartition(machine, 10, 20, 8));
    }

    [Fact]
    public void Machines_beyond_enumeration_are_within_reach()
    {
        BoltzmannParameters machine = Machines.Random(4, 30, 40, inverseTemperature: 0.2);
        LogPartitionEstimate found = AnnealedImportanceSampling.LogPartition(machine, 20, 100, 1);
        Assert.True(double.IsFinite(found.Estimate));
        Assert.True(found.StandardError < 0.2, $"standard error {found.StandardError}");
    }
}
