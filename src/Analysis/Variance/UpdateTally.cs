using Nudge.Numerics;
using Nudge.Phases;

namespace Nudge.Variance;

/// <summary>Mean, variance and lengths of the updates at one b.</summary>
internal sealed class UpdateTally(double b, int parameters)
{
    private const int Blocks = 20;
    private readonly double[] _sum = new double[parameters];
    private readonly List<double> _squares = [];
    private double _positive;
    private double _negative;
    private long _positives;
    private long _negatives;

    internal double B => b;

    /// <summary>Phases of one lane so far.</summary>
    internal long Count => _squares.Count;

    /// <summary>E‖u‖² − ‖E u‖²: the trace of the covariance of one phase's update, free of bias.</summary>
    internal double Variance => (_squares.Sum() - (Count * SquaredMean)) / (Count - 1);

    /// <summary>
    /// Standard error of <see cref="Variance"/>, from blocks that are longer than what phases have in common.
    /// </summary>
    internal double Error
    {
        get
        {
            int size = (int)((Count + Blocks - 1) / Blocks);
            double[] means = [.. _squares.Chunk(size).Select(block => block.Average())];
            double mean = means.Average();
            double squares = means.Sum(value => (value - mean) * (value - mean));
            return Math.Sqrt(squares / Math.Max(1, means.Length - 1) / means.Length);
        }
    }

    internal SecondMoments Spread => new(_positive / _positives, _negative / _negatives);

    internal double[] Mean => [.. _sum.Select(value => value / Count)];

    internal (double Positive, long Positives, double Negative, long Negatives) Squares =>
        (_positive, _positives, _negative, _negatives);

    private double SquaredMean => _sum.Sum(value => value * value) / Count / Count;

    /// <summary>Adds the update of one phase in one lane.</summary>
    /// <param name="importance">The g that is folded in.</param>
    /// <param name="update">A value per parameter.</param>
    /// <param name="scale">What each value is to be multiplied by.</param>
    internal void Add(double importance, ReadOnlySpan<float> update, double scale)
    {
        for (int i = 0; i < update.Length; i++)
            _sum[i] += scale * update[i];
        double square = VectorKernels.SumOfSquares(update) * scale * scale;
        _squares.Add(square);
        if (importance > 0)
            (_positive, _positives) = (_positive + (square / (importance * importance)), _positives + 1);
        else
            (_negative, _negatives) = (_negative + (square / (importance * importance)), _negatives + 1);
    }
}
