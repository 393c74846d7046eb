namespace Nudge.Oracles;

/// <summary>
/// A Boltzmann machine of binary hidden units h and visible units v: E = −hᵀWv − b·h − a·v − ½hᵀJh and p ∝ e^(−βE)
/// (theory §4). Without couplings J it is an RBM (Smolensky 1986; Hinton 2002), with them an SBM.
/// </summary>
public sealed record BoltzmannParameters
{
    /// <summary>Number of hidden units.</summary>
    public required int Hidden { get; init; }

    /// <summary>Number of visible units.</summary>
    public required int Visible { get; init; }

    /// <summary>W: hidden × visible, row by row.</summary>
    public required double[] Weights { get; init; }

    /// <summary>b: one value per hidden unit.</summary>
    public required double[] HiddenBias { get; init; }

    /// <summary>a: one value per visible unit.</summary>
    public required double[] VisibleBias { get; init; }

    /// <summary>J: hidden × hidden, symmetric with a zero diagonal; none in an RBM.</summary>
    public double[]? Couplings { get; init; }

    /// <summary>β.</summary>
    public double InverseTemperature { get; init; } = 1;

    /// <summary>Takes over the parameters of a network.</summary>
    /// <param name="weights">Hidden × visible, row by row.</param>
    /// <param name="hiddenBias">One value per hidden unit.</param>
    /// <param name="visibleBias">One value per visible unit, or empty where there is no visible bias.</param>
    /// <param name="couplings">
    /// Hidden × hidden, or empty. The two copies of a coupling count as one parameter at their mean; the diagonal is
    /// ignored.
    /// </param>
    /// <param name="inverseTemperature">β.</param>
    /// <exception cref="ArgumentException">The lengths do not fit one another.</exception>
    public static BoltzmannParameters Of(
        ReadOnlySpan<float> weights,
        ReadOnlySpan<float> hiddenBias,
        ReadOnlySpan<float> visibleBias = default,
        ReadOnlySpan<float> couplings = default,
        double inverseTemperature = 1)
    {
        if (hiddenBias.IsEmpty)
            throw new ArgumentException("A machine has at least one hidden unit.", nameof(hiddenBias));
        int hidden = hiddenBias.Length;
        int visible = visibleBias.IsEmpty ? weights.Length / hidden : visibleBias.Length;
        var parameters = new BoltzmannParameters
        {
            Hidden = hidden,
            Visible = visible,
            Weights = Widen(weights),
            HiddenBias = Widen(hiddenBias),
            VisibleBias = visibleBias.IsEmpty ? new double[visible] : Widen(visibleBias),
            Couplings = couplings.IsEmpty ? null : Symmetric(couplings, hidden),
            InverseTemperature = inverseTemperature,
        };
        parameters.ThrowIfMisshapen();
        return parameters;
    }

    /// <summary>Throws where an array does not fit the numbers of units, or the couplings are not symmetric.</summary>
    internal void ThrowIfMisshapen()
    {
        Expect(nameof(Weights), Weights.Length, Hidden * Visible);
        Expect(nameof(HiddenBias), HiddenBias.Length, Hidden);
        Expect(nameof(VisibleBias), VisibleBias.Length, Visible);
        if (Couplings is not { } couplings)
            return;
        Expect(nameof(Couplings), couplings.Length, Hidden * Hidden);
        for (int i = 0; i < Hidden; i++)
        {
            for (int k = 0; k <= i; k++)
            {
                double there = couplings[(i * Hidden) + k];
                if (there != couplings[(k * Hidden) + i] || (i == k && there != 0))
                    throw new ArgumentException($"Couplings {i}, {k}: expected symmetry and a zero diagonal.");
            }
        }
    }

    private static void Expect(string name, int length, int expected)
    {
        if (length != expected)
            throw new ArgumentException($"{name} has {length} values; expected {expected}.");
    }

    private static double[] Widen(ReadOnlySpan<float> values)
    {
        double[] wide = new double[values.Length];
        for (int i = 0; i < wide.Length; i++)
            wide[i] = values[i];
        return wide;
    }

    private static double[] Symmetric(ReadOnlySpan<float> couplings, int hidden)
    {
        if (couplings.Length != hidden * hidden)
            return Widen(couplings);
        double[] mean = new double[couplings.Length];
        for (int i = 0; i < hidden; i++)
        {
            for (int k = 0; k < hidden; k++)
            {
                double both = (double)couplings[(i * hidden) + k] + couplings[(k * hidden) + i];
                mean[(i * hidden) + k] = i == k ? 0 : both / 2;
            }
        }

        return mean;
    }
}
