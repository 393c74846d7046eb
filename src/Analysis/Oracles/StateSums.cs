using System.Numerics;
using Nudge.Numerics;

namespace Nudge.Oracles;

/// <summary>
/// Sums over all states of the enumerated side: the log partition function and the means of local statistics.
/// </summary>
internal sealed class StateSums
{
    private readonly EnumeratedSide _side;
    private readonly double[] _products;
    private readonly double[] _units;
    private readonly double[] _summed;
    private readonly double[] _pairs;
    private LogSum _total = new();

    private StateSums(EnumeratedSide side)
    {
        _side = side;
        _products = new double[side.Units * side.Summed];
        _units = new double[side.Units];
        _summed = new double[side.Summed];
        _pairs = new double[side.Couplings is null ? 0 : side.Units * side.Units];
    }

    /// <summary>Means of products, enumerated × summed.</summary>
    internal double[] Products => _products;

    /// <summary>Means of the enumerated units.</summary>
    internal double[] Units => _units;

    /// <summary>Means of the summed units.</summary>
    internal double[] Summed => _summed;

    /// <summary>Means of products of two enumerated units, zero diagonal; empty without couplings.</summary>
    internal double[] Pairs => _pairs;

    internal static double LogPartition(EnumeratedSide side)
    {
        var walk = new StateWalk(side);
        var total = new LogSum();
        while (walk.MoveNext())
            total.Add(walk.Linear + Logistic.SoftplusSum(walk.Fields));
        return total.Value;
    }

    internal static StateSums Means(EnumeratedSide side)
    {
        var sums = new StateSums(side);
        var walk = new StateWalk(side);
        double[] given = new double[side.Summed];
        while (walk.MoveNext())
        {
            double logWeight = walk.Linear + Logistic.SoftplusSum(walk.Fields, given);
            double weight = sums._total.Add(logWeight, out double rescale);
            if (rescale != 1)
                sums.Rescale(rescale);
            sums.Add(walk.State, weight, given);
        }

        sums.Rescale(1 / sums._total.Relative);
        return sums;
    }

    private void Add(ulong state, double weight, double[] given)
    {
        for (int j = 0; j < given.Length; j++)
        {
            given[j] *= weight;
            _summed[j] += given[j];
        }

        for (ulong left = state; left != 0; left &= left - 1)
        {
            int unit = BitOperations.TrailingZeroCount(left);
            _units[unit] += weight;
            Span<double> row = _products.AsSpan(unit * given.Length, given.Length);
            for (int j = 0; j < row.Length; j++)
                row[j] += given[j];
            if (_pairs.Length > 0)
                AddPairs(unit, state & ~(1UL << unit), weight);
        }
    }

    private void AddPairs(int unit, ulong others, double weight)
    {
        for (ulong left = others; left != 0; left &= left - 1)
            _pairs[(unit * _side.Units) + BitOperations.TrailingZeroCount(left)] += weight;
    }

    private void Rescale(double factor)
    {
        foreach (double[] sums in (ReadOnlySpan<double[]>)[_products, _units, _summed, _pairs])
        {
            for (int i = 0; i < sums.Length; i++)
                sums[i] *= factor;
        }
    }
}
