using Nudge.Numerics;

namespace Nudge.Oracles;

/// <summary>Weighted means of the local statistics over rows that hold the visible units.</summary>
internal sealed class ClampedSums(BoltzmannParameters machine)
{
    private readonly double[] _products = new double[machine.Weights.Length];
    private readonly double[] _hidden = new double[machine.Hidden];
    private readonly double[] _visible = new double[machine.Visible];
    private readonly double[]? _pairs = machine.Couplings is null ? null : new double[machine.Couplings.Length];

    internal BoltzmannStatistics Statistics => new(_products, _hidden, _visible, _pairs);

    internal void Add(float[] row, double weight)
    {
        double[] given = HiddenMeans(row, weight);
        for (int i = 0; i < given.Length; i++)
        {
            _hidden[i] += weight * given[i];
            for (int j = 0; j < row.Length; j++)
                _products[(i * row.Length) + j] += weight * given[i] * row[j];
        }

        for (int j = 0; j < row.Length; j++)
            _visible[j] += weight * row[j];
    }

    /// <summary>⟨h⟩ given the row; adds the pairs' means where there are couplings.</summary>
    private double[] HiddenMeans(float[] row, double weight)
    {
        if (_pairs is null)
        {
            double[] field = EnumeratedSide.HiddenField(machine, row);
            return [.. field.Select(value => Logistic.Sigmoid(machine.InverseTemperature * value))];
        }

        var sums = StateSums.Means(EnumeratedSide.Clamped(machine, row));
        for (int i = 0; i < _pairs.Length; i++)
            _pairs[i] += weight * sums.Pairs[i];
        return sums.Units;
    }
}
