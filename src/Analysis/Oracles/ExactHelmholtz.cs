using Nudge.Models;
using Nudge.Numerics;

namespace Nudge.Oracles;

/// <summary>
/// Exact likelihoods and variational free energies of a small Helmholtz machine, by summing over all states of its hidden layers,
/// layer by layer: at most 20 units in the lowest one, and in each two that follow one another. Rows of data hold one 0 or 1 per
/// visible unit.
/// </summary>
public static class ExactHelmholtz
{
    /// <summary>Units that are enumerated at most.</summary>
    public const int MostUnits = EnumeratedSide.Limit;

    /// <summary>Units that would be enumerated at once.</summary>
    /// <param name="hidden">Units of each hidden layer, from the lowest up.</param>
    public static int UnitsToEnumerate(IEnumerable<int> hidden)
    {
        int[] sizes = [.. hidden];
        return sizes.Length == 1 ? sizes[0] : sizes.Zip(sizes.Skip(1), (lower, upper) => lower + upper).Max();
    }

    /// <summary>−Σ log p(v) over the rows, in nats.</summary>
    /// <exception cref="ArgumentException">A row does not fit the machine.</exception>
    /// <exception cref="OracleTooLargeException">More than 20 units would have to be enumerated.</exception>
    public static double NegativeLogLikelihood(HelmholtzParameters machine, IReadOnlyList<float[]> rows) =>
        LogLikelihoods(machine, rows).Sum(row => -row.Count * row.Value);

    /// <summary>
    /// ½ Σ_v |p(v) − r(v)| between the machine and the rows' own distribution r; outside the rows r = 0, so that only their patterns
    /// need p.
    /// </summary>
    /// <exception cref="ArgumentException">A row does not fit the machine.</exception>
    /// <exception cref="OracleTooLargeException">More than 20 units would have to be enumerated.</exception>
    public static double TotalVariation(HelmholtzParameters machine, IReadOnlyList<float[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        (double apart, double covered) = (0, 0);
        foreach ((int count, double logLikelihood) in LogLikelihoods(machine, rows))
        {
            double p = Elementary.Exp(logLikelihood);
            apart += Math.Abs(p - ((double)count / rows.Count));
            covered += p;
        }

        return (apart + 1 - covered) / 2;
    }

    /// <summary>
    /// Σ E_q(h|v) [log q(h|v) − log p(v, h)] over the rows, in nats: the negative log-likelihood and the divergence of recognition from
    /// the posterior above it (Dayan et al. 1995, eq. 5).
    /// </summary>
    /// <exception cref="ArgumentException">A row does not fit the machine.</exception>
    /// <exception cref="OracleTooLargeException">More than 20 units would have to be enumerated.</exception>
    public static double FreeEnergy(HelmholtzParameters machine, IReadOnlyList<float[]> rows)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(rows);
        double[] above = HelmholtzFreeEnergy.OfLowestHidden(machine);
        // As many rows at once as fit into 8 MB of recognised states.
        return BinaryPatterns.Count(rows, machine.Visible).Chunk(Math.Max(1, (1 << MostUnits) / above.Length))
            .Sum(patterns => HelmholtzFreeEnergy.Of(machine, patterns, above));
    }

    /// <summary>Throws where more states would have to be enumerated than can be.</summary>
    internal static void RequireSmall(int units)
    {
        if (units > MostUnits)
            throw new OracleTooLargeException($"The exact oracle would enumerate {units} units; expected at most {MostUnits}.");
    }

    private static IEnumerable<(int Count, double Value)> LogLikelihoods(
        HelmholtzParameters machine, IReadOnlyList<float[]> rows)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(rows);
        List<(float[] Row, int Count)> patterns = BinaryPatterns.Count(rows, machine.Visible);
        double[] above = Marginal(machine);
        var sums = new LogSum[patterns.Count];
        Array.Fill(sums, new LogSum());
        double[] fields = new double[machine.Visible];
        for (int state = 0; state < above.Length; state++)
        {
            if (above[state] == 0)
                continue;
            machine.Generative[0].Fields((ulong)state, fields);
            double prior = Elementary.Log(above[state]) - Logistic.SoftplusSum(fields);
            for (int pattern = 0; pattern < sums.Length; pattern++)
                sums[pattern].Add(prior + Dot(fields, patterns[pattern].Row));
        }

        return patterns.Select((pattern, k) => (pattern.Count, sums[k].Value));
    }

    /// <summary>What p gives to each state of the lowest hidden layer.</summary>
    private static double[] Marginal(HelmholtzParameters machine)
    {
        RequireSmall(UnitsToEnumerate(machine.Hidden));
        double[] marginal = [1];
        for (int layer = machine.Generative.Count - 1; layer > 0; layer--)
        {
            BinaryPrediction here = machine.Generative[layer];
            double[] fields = new double[here.Units];
            double[] given = new double[1 << here.Units];
            double[] sum = new double[given.Length];
            for (int above = 0; above < marginal.Length; above++)
            {
                here.Fields((ulong)above, fields);
                BinaryPrediction.Distribution(fields, given);
                for (int state = 0; state < sum.Length; state++)
                    sum[state] += marginal[above] * given[state];
            }

            marginal = sum;
        }

        return marginal;
    }

    internal static double Dot(ReadOnlySpan<double> fields, ReadOnlySpan<float> row)
    {
        double sum = 0;
        for (int i = 0; i < fields.Length; i++)
            sum += fields[i] * row[i];
        return sum;
    }
}
