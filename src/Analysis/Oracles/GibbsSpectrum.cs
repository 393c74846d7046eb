using Nudge.Models;
using Nudge.Numerics;

namespace Nudge.Oracles;

/// <summary>
/// How a free phase of a small RBM leaves the data that it began from, exactly (theory §3). A sweep of block Gibbs sampling,
/// visible units and then hidden ones, is a reversible chain, so that all of its eigenvalues λ lie between 0 and 1. After t
/// sweeps from the data, what the expected ⟨h v⟩ still lacks of the machine's own is Σ w λᵗ, measured along the gradient and
/// relative to it: 1 for t = 0, when the two phases are alike, and 0 in the end.
/// </summary>
public sealed class GibbsSpectrum
{
    // States of both sides that are visited together: 2^26 take about a second.
    private const int MostUnits = 26;

    // A mode that is gone after one sweep.
    private const double Gone = 1e-9;

    private GibbsSpectrum(IReadOnlyList<MixingMode> modes) => Modes = modes;

    /// <summary>The modes that outlast a sweep, the slowest first.</summary>
    public IReadOnlyList<MixingMode> Modes { get; }

    /// <summary>The second eigenvalue of the chain, after the 1 of its equilibrium.</summary>
    public double Slowest => Modes.Count == 0 ? 0 : Modes[0].Eigenvalue;

    /// <summary>Finds the modes of a machine.</summary>
    /// <param name="machine">An RBM with visible + 2 · hidden units of 26 at most.</param>
    /// <param name="rows">The data, one 0 or 1 per visible unit.</param>
    /// <exception cref="ArgumentException">The machine has couplings, or a row does not fit it.</exception>
    /// <exception cref="OracleTooLargeException">The machine is too large.</exception>
    public static GibbsSpectrum Of(BoltzmannParameters machine, IReadOnlyList<float[]> rows)
    {
        ArgumentNullException.ThrowIfNull(machine);
        if (machine.Couplings is not null)
            throw new ArgumentException("Coupled hidden units are not sampled in one block.", nameof(machine));
        if (machine.Visible + (2 * machine.Hidden) is var units and > MostUnits)
        {
            throw new OracleTooLargeException(
                $"The spectrum of Gibbs sampling takes 2^(visible + 2 · hidden) terms, here 2^{units}; expected at most 2^{MostUnits}.");
        }

        BoltzmannStatistics gradient = ExactBoltzmann.Gradient(machine, rows);
        var chain = new GibbsChain(machine, gradient.Products);
        double[] start = chain.HiddenGiven(rows);
        double power = gradient.Products.Sum(value => value * value) / machine.InverseTemperature;
        return new(Project(chain, start, power));
    }

    /// <summary>Σ w λᵗ after t ≥ 1 sweeps.</summary>
    public double Remaining(int sweeps) =>
        Modes.Sum(mode => mode.Weight * Elementary.Exp(sweeps * Elementary.Log(mode.Eigenvalue)));

    // With π in equilibrium, √π T / √π is symmetric, T being the chain over hidden states.
    private static MixingMode[] Project(GibbsChain chain, double[] start, double power)
    {
        int states = start.Length;
        double[] roots = [.. chain.Equilibrium.Select(Math.Sqrt)];
        double[,] symmetric = new double[states, states];
        for (int i = 0; i < states; i++)
        {
            for (int j = 0; j < states; j++)
                symmetric[i, j] = 0.5 * ((roots[i] * chain.Transition[i, j] / roots[j]) + (roots[j] * chain.Transition[j, i] / roots[i]));
        }

        (double[] values, double[,] vectors) = SymmetricMatrix.Diagonalise(symmetric);
        var modes = new List<MixingMode>();
        foreach (int k in Enumerable.Range(0, states).OrderByDescending(k => values[k]).Skip(1).Where(k => values[k] > Gone))
        {
            (double left, double right) = (0, 0);
            for (int i = 0; i < states; i++)
            {
                left += start[i] / roots[i] * vectors[i, k];
                right += vectors[i, k] * roots[i] * chain.Along[i];
            }

            // The first sweep is in Along already.
            modes.Add(new(values[k], left * right / power / values[k]));
        }

        return [.. modes];
    }
}

/// <summary>A direction in which a chain forgets where it began.</summary>
/// <param name="Eigenvalue">λ: what a sweep leaves of it.</param>
/// <param name="Weight">w: its share of the bias of a phase that has not begun to mix.</param>
public readonly record struct MixingMode(double Eigenvalue, double Weight);

/// <summary>One sweep h → v → h′ of an RBM, over all states.</summary>
internal sealed class GibbsChain
{
    private readonly BoltzmannParameters _machine;
    private readonly int _states;

    /// <summary>Visits every state of both sides.</summary>
    /// <param name="machine">The RBM.</param>
    /// <param name="direction">Hidden × visible: what ⟨h v⟩ is projected on.</param>
    internal GibbsChain(BoltzmannParameters machine, IReadOnlyList<double> direction)
    {
        (_machine, _states) = (machine, 1 << machine.Hidden);
        Transition = new double[_states, _states];
        Along = new double[_states];
        double[][] on = [.. Enumerable.Range(0, _states).Select(VisibleGiven)];
        float[] row = new float[machine.Visible];
        for (int visible = 0; visible < 1 << machine.Visible; visible++)
        {
            for (int j = 0; j < row.Length; j++)
                row[j] = visible >> j & 1;
            Visit(row, on, direction);
        }

        Equilibrium = EquilibriumOf();
    }

    /// <summary>P(h′ | h).</summary>
    internal double[,] Transition { get; }

    /// <summary>The expected ⟨h′ v⟩ after a sweep from h, along the direction.</summary>
    internal double[] Along { get; }

    /// <summary>The machine's own distribution of h.</summary>
    internal double[] Equilibrium { get; }

    /// <summary>The distribution of h given one of the rows, each as likely as any other.</summary>
    internal double[] HiddenGiven(IReadOnlyList<float[]> rows)
    {
        double[] sum = new double[_states];
        foreach (float[] row in rows)
        {
            double[] given = Joint(HiddenMeans(row));
            for (int i = 0; i < _states; i++)
                sum[i] += given[i] / rows.Count;
        }

        return sum;
    }

    private void Visit(float[] row, double[][] on, IReadOnlyList<double> direction)
    {
        double[] means = HiddenMeans(row);
        double[] given = Joint(means);
        double along = 0;
        for (int i = 0; i < means.Length; i++)
        {
            for (int j = 0; j < row.Length; j++)
                along += direction[(i * row.Length) + j] * means[i] * row[j];
        }

        for (int from = 0; from < _states; from++)
        {
            double likely = 1;
            for (int j = 0; j < row.Length; j++)
                likely *= row[j] == 1 ? on[from][j] : 1 - on[from][j];
            Along[from] += likely * along;
            for (int to = 0; to < _states; to++)
                Transition[from, to] += likely * given[to];
        }
    }

    private double[] HiddenMeans(float[] row) =>
    [
        .. EnumeratedSide.HiddenField(_machine, row)
            .Select(field => Logistic.Sigmoid(_machine.InverseTemperature * field)),
    ];

    private double[] Joint(double[] means)
    {
        double[] joint = new double[_states];
        for (int state = 0; state < _states; state++)
        {
            joint[state] = 1;
            for (int i = 0; i < means.Length; i++)
                joint[state] *= (state >> i & 1) == 1 ? means[i] : 1 - means[i];
        }

        return joint;
    }

    private double[] VisibleGiven(int state) =>
        [.. FieldsOf(state).Select(field => Logistic.Sigmoid(_machine.InverseTemperature * field))];

    private double[] FieldsOf(int state)
    {
        double[] fields = [.. _machine.VisibleBias];
        for (int i = 0; i < _machine.Hidden; i++)
        {
            for (int j = 0; (state >> i & 1) == 1 && j < fields.Length; j++)
                fields[j] += _machine.Weights[(i * fields.Length) + j];
        }

        return fields;
    }

    private double[] EquilibriumOf()
    {
        double[] logs = new double[_states];
        for (int state = 0; state < _states; state++)
        {
            logs[state] = FieldsOf(state).Sum(field => Logistic.Softplus(_machine.InverseTemperature * field));
            for (int i = 0; i < _machine.Hidden; i++)
                logs[state] += (state >> i & 1) * _machine.InverseTemperature * _machine.HiddenBias[i];
        }

        double most = logs.Max();
        double[] likely = [.. logs.Select(log => Elementary.Exp(log - most))];
        double all = likely.Sum();
        return [.. likely.Select(value => value / all)];
    }
}
