namespace Nudge.Truth;

/// <summary>
/// The updates of one directed projection or of one population's biases, each phase as one vector. Consecutive phases may
/// depend on one another (a chain that is not reset, a stimulus held for several), so means are kept by blocks of phases,
/// whose spread gives errors that hold nevertheless.
/// </summary>
public sealed class UpdateSeries
{
    private readonly double[][] _sums;
    private readonly long _perBlock;
    private readonly double[] _squares = new double[2];
    private double _allSquares;

    internal UpdateSeries(string name, int length, int blocks, long perBlock)
    {
        Name = name;
        _perBlock = perBlock;
        _sums = [.. Enumerable.Range(0, blocks).Select(_ => new double[length])];
    }

    /// <summary>The projection, or the population with <c>.bias</c>.</summary>
    public string Name { get; }

    /// <summary>Number of blocks.</summary>
    public int Blocks => _sums.Length;

    /// <summary>Phases that counted, those included in which nothing was learned.</summary>
    public long Phases => _perBlock * Blocks;

    /// <summary>E‖u‖² over phases.</summary>
    public double SecondMoment => _allSquares / Phases;

    /// <summary>Σ‖φ‖² over the phases of one polarity, φ = u/g (theory §2); of meaning with one lane only.</summary>
    /// <param name="positive">Which polarity.</param>
    public double StatisticSquares(bool positive) => _squares[positive ? 1 : 0];

    /// <summary>Mean update of a phase.</summary>
    public double[] Mean()
    {
        double[] mean = new double[_sums[0].Length];
        foreach (double[] sum in _sums)
        {
            for (int i = 0; i < mean.Length; i++)
                mean[i] += sum[i] / Phases;
        }

        return mean;
    }

    /// <summary>Mean update of a phase, over the phases of one block.</summary>
    public double[] BlockMean(int block) => [.. _sums[block].Select(value => value / _perBlock)];

    /// <summary>Adds what one slice learned in one phase.</summary>
    internal void Add(int block, int first, ReadOnlySpan<double> update, float importance)
    {
        Span<double> sum = _sums[block].AsSpan(first, update.Length);
        double squares = 0;
        for (int i = 0; i < update.Length; i++)
        {
            sum[i] += update[i];
            squares += update[i] * update[i];
        }

        _allSquares += squares;
        if (importance != 0)
            _squares[importance > 0 ? 1 : 0] += squares / ((double)importance * importance);
    }
}
