using Nudge.Numerics;
using Nudge.Randomness;

namespace Nudge.Oracles;

/// <summary>An estimate of a log partition function.</summary>
/// <param name="Estimate">log of the mean importance weight, plus the base's log partition function.</param>
/// <param name="StandardError">Its standard error over the chains, to first order.</param>
public readonly record struct LogPartitionEstimate(double Estimate, double StandardError);

/// <summary>
/// Annealed importance sampling (Neal 2001; for RBMs Salakhutdinov and Murray 2008, eq. 14 to 18): for machines that
/// are too large to enumerate. Chains go from a base with the visible biases only to the machine itself, whose other
/// parameters grow in equal steps.
/// </summary>
public static class AnnealedImportanceSampling
{
    /// <summary>Estimates log Z; the same arguments give the same bits.</summary>
    /// <param name="machine">An RBM or an SBM.</param>
    /// <param name="chains">Independent chains, at least 2.</param>
    /// <param name="temperatures">Steps from the base to the machine, at least 1.</param>
    /// <param name="seed">Keys the draws.</param>
    /// <exception cref="ArgumentOutOfRangeException">Too few chains or temperatures.</exception>
    public static LogPartitionEstimate LogPartition(
        BoltzmannParameters machine, int chains, int temperatures, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentOutOfRangeException.ThrowIfLessThan(chains, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(temperatures, 1);
        machine.ThrowIfMisshapen();
        double[] logWeights = new double[chains];
        for (int chain = 0; chain < chains; chain++)
        {
            var key = new RandomKey(seed, RandomPurpose.Annealing, (ulong)chain);
            logWeights[chain] = new AnnealedChain(machine, key).Run(temperatures);
        }

        return Summarise(BaseLogPartition(machine), logWeights);
    }

    private static double BaseLogPartition(BoltzmannParameters machine) =>
        (machine.Hidden * Elementary.Log(2))
            + machine.VisibleBias.Sum(bias => Logistic.Softplus(machine.InverseTemperature * bias));

    private static LogPartitionEstimate Summarise(double baseLogPartition, double[] logWeights)
    {
        double largest = logWeights.Max();
        double[] weights = [.. logWeights.Select(value => Elementary.Exp(value - largest))];
        double mean = weights.Average();
        double variance = weights.Sum(weight => (weight - mean) * (weight - mean)) / (weights.Length - 1);
        return new(
            baseLogPartition + largest + Elementary.Log(mean),
            Math.Sqrt(variance / weights.Length) / mean);
    }
}
