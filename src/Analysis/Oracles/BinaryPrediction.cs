using Nudge.Numerics;

namespace Nudge.Oracles;

/// <summary>
/// Binary units that are independent given the units of another layer: P(y_i = 1 | x) = σ(Σ_j W_ij x_j + b_i). States are bits:
/// bit i is unit i.
/// </summary>
public sealed class BinaryPrediction
{
    private readonly double[] _weights;
    private readonly double[] _bias;

    /// <summary>Takes over parameters, which must not change any more.</summary>
    /// <param name="weights">Units × sources, row by row; empty for units without sources.</param>
    /// <param name="bias">One value per unit.</param>
    /// <exception cref="ArgumentException">There is no unit, or the lengths do not fit one another.</exception>
    public BinaryPrediction(double[] weights, double[] bias)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(bias);
        if (bias.Length == 0 || weights.Length % bias.Length != 0)
            throw new ArgumentException($"{weights.Length} weights for {bias.Length} units; expected a multiple of at least one unit.");
        (_weights, _bias) = (weights, bias);
        Sources = weights.Length / bias.Length;
    }

    /// <summary>Units whose state is predicted.</summary>
    public int Units => _bias.Length;

    /// <summary>Units that it is predicted from.</summary>
    public int Sources { get; }

    /// <summary>W·x + b for a state of the sources.</summary>
    internal void Fields(ulong sources, Span<double> fields)
    {
        for (int i = 0; i < fields.Length; i++)
        {
            double sum = _bias[i];
            for (ulong left = sources; left != 0; left &= left - 1)
                sum += _weights[(i * Sources) + System.Numerics.BitOperations.TrailingZeroCount(left)];
            fields[i] = sum;
        }
    }

    /// <summary>W·x + b for a row of values.</summary>
    internal void Fields(ReadOnlySpan<float> sources, Span<double> fields)
    {
        for (int i = 0; i < fields.Length; i++)
        {
            double sum = _bias[i];
            for (int j = 0; j < sources.Length; j++)
                sum += _weights[(i * Sources) + j] * sources[j];
            fields[i] = sum;
        }
    }

    /// <summary>The probability of each state of the units, with fields that were found before.</summary>
    internal static void Distribution(ReadOnlySpan<double> fields, Span<double> probabilities)
    {
        probabilities[0] = 1;
        for (int i = 0; i < fields.Length; i++)
        {
            (int known, double on) = (1 << i, Logistic.Sigmoid(fields[i]));
            double off = Logistic.Sigmoid(-fields[i]);
            for (int state = 0; state < known; state++)
            {
                probabilities[known | state] = probabilities[state] * on;
                probabilities[state] *= off;
            }
        }
    }

    /// <summary>log P of a state, with fields that were found before.</summary>
    internal static double LogProbability(ReadOnlySpan<double> fields, ulong state)
    {
        double sum = -Logistic.SoftplusSum(fields);
        for (ulong left = state; left != 0; left &= left - 1)
            sum += fields[System.Numerics.BitOperations.TrailingZeroCount(left)];
        return sum;
    }

    /// <summary>−Σ_y P(y) log P(y), with fields that were found before.</summary>
    internal static double Entropy(ReadOnlySpan<double> fields)
    {
        double sum = Logistic.SoftplusSum(fields);
        foreach (double field in fields)
            sum -= field * Logistic.Sigmoid(field);
        return sum;
    }
}
