using Nudge.Models;
using Nudge.Numerics;

namespace Nudge.Oracles;

/// <summary>
/// Exact likelihoods, statistics and gradients of a small Boltzmann machine, by summing over all states of its smaller
/// side (of the hidden side, where hidden units are coupled). At most 20 units are enumerated; 16 take some tens of
/// milliseconds, and every further one doubles the time. Rows of data hold one 0 or 1 per visible unit.
/// </summary>
public static class ExactBoltzmann
{
    /// <summary>Units that are enumerated at most.</summary>
    public const int MostUnits = EnumeratedSide.Limit;

    /// <summary>Units that the exact oracle would enumerate for a machine of these sizes.</summary>
    /// <param name="hidden">Hidden units.</param>
    /// <param name="visible">Visible units.</param>
    /// <param name="coupled">Whether hidden units are coupled, so that theirs is the only side to enumerate.</param>
    public static int UnitsToEnumerate(int hidden, int visible, bool coupled) => coupled ? hidden : Math.Min(hidden, visible);

    /// <summary>log Z = log Σ e^(−βE).</summary>
    /// <exception cref="OracleTooLargeException">More than 20 units would have to be enumerated.</exception>
    public static double LogPartition(BoltzmannParameters machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return LogPartition(machine, EnumeratedSide.PrefersHidden(machine));
    }

    /// <summary>−Σ log p(v) over the rows, in nats.</summary>
    /// <exception cref="ArgumentException">A row does not fit the machine.</exception>
    /// <exception cref="OracleTooLargeException">More than 20 units would have to be enumerated.</exception>
    public static double NegativeLogLikelihood(BoltzmannParameters machine, IReadOnlyList<float[]> rows)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(rows);
        double logPartition = LogPartition(machine);
        return BinaryPatterns.Count(rows, machine.Visible)
            .Sum(pattern => pattern.Count * (logPartition - LogWeight(machine, pattern.Row)));
    }

    /// <summary>
    /// ½ Σ_v |p(v) − q(v)| between the machine and the rows' own distribution q. Outside the rows q = 0, so that only
    /// the rows' patterns need p: ½ (Σ_rows |p − q| + 1 − Σ_rows p).
    /// </summary>
    /// <exception cref="ArgumentException">A row does not fit the machine.</exception>
    /// <exception cref="OracleTooLargeException">More than 20 units would have to be enumerated.</exception>
    public static double TotalVariation(BoltzmannParameters machine, IReadOnlyList<float[]> rows)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(rows);
        double logPartition = LogPartition(machine);
        (double apart, double covered) = (0, 0);
        foreach ((float[] row, int count) in BinaryPatterns.Count(rows, machine.Visible))
        {
            double p = Elementary.Exp(LogWeight(machine, row) - logPartition);
            apart += Math.Abs(p - ((double)count / rows.Count));
            covered += p;
        }

        return (apart + 1 - covered) / 2;
    }

    /// <summary>Means of the local statistics with the visible units held at the rows: the positive phase.</summary>
    /// <exception cref="ArgumentException">A row does not fit the machine.</exception>
    /// <exception cref="OracleTooLargeException">
    /// More than 20 coupled hidden units would have to be enumerated.
    /// </exception>
    public static BoltzmannStatistics DataStatistics(BoltzmannParameters machine, IReadOnlyList<float[]> rows)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(rows);
        machine.ThrowIfMisshapen();
        var sums = new ClampedSums(machine);
        foreach ((float[] row, int count) in BinaryPatterns.Count(rows, machine.Visible))
            sums.Add(row, (double)count / rows.Count);
        return sums.Statistics;
    }

    /// <summary>Means of the local statistics under the machine's own distribution: the negative phase.</summary>
    /// <exception cref="OracleTooLargeException">More than 20 units would have to be enumerated.</exception>
    public static BoltzmannStatistics ModelStatistics(BoltzmannParameters machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return ModelStatistics(machine, EnumeratedSide.PrefersHidden(machine));
    }

    /// <summary>
    /// β (data − model): the direction in which the mean log-likelihood of the rows rises fastest (Ackley, Hinton and
    /// Sejnowski 1985, eq. 7). The two copies of a coupling count as one parameter.
    /// </summary>
    /// <exception cref="ArgumentException">A row does not fit the machine.</exception>
    /// <exception cref="OracleTooLargeException">More than 20 units would have to be enumerated.</exception>
    public static BoltzmannStatistics Gradient(BoltzmannParameters machine, IReadOnlyList<float[]> rows)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return DataStatistics(machine, rows).Minus(ModelStatistics(machine), machine.InverseTemperature);
    }

    internal static double LogPartition(BoltzmannParameters machine, bool hidden) =>
        StateSums.LogPartition(EnumeratedSide.Of(machine, hidden));

    internal static BoltzmannStatistics ModelStatistics(BoltzmannParameters machine, bool hidden)
    {
        var sums = StateSums.Means(EnumeratedSide.Of(machine, hidden));
        return hidden
            ? new(sums.Products, sums.Units, sums.Summed, machine.Couplings is null ? null : sums.Pairs)
            : new(
                EnumeratedSide.Transpose(sums.Products, machine.Visible, machine.Hidden),
                sums.Summed,
                sums.Units,
                null);
    }

    /// <summary>log Σ_h e^(−βE(h, v)): log p(v) but for the partition function.</summary>
    /// <exception cref="ArgumentException">The row does not fit the machine.</exception>
    public static double LogWeight(BoltzmannParameters machine, ReadOnlySpan<float> row)
    {
        double visible = 0;
        for (int j = 0; j < row.Length; j++)
            visible += machine.InverseTemperature * machine.VisibleBias[j] * row[j];
        if (machine.Couplings is not null)
            return visible + StateSums.LogPartition(EnumeratedSide.Clamped(machine, row));
        double[] field = EnumeratedSide.HiddenField(machine, row);
        return visible + field.Sum(value => Logistic.Softplus(machine.InverseTemperature * value));
    }
}
