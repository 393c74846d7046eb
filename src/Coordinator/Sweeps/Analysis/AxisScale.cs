namespace Nudge.Sweeps.Analysis;

/// <summary>
/// Where the values of a setting lie on an axis. Logarithmic where they span a wide range; a zero then lies one step
/// before the least of the others, with a straight piece between.
/// </summary>
internal sealed class AxisScale
{
    private const double Wide = 20;
    private readonly double _least;
    private readonly double _step;

    internal AxisScale(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Distinct().Order()];
        double[] positive = [.. sorted.Where(value => value > 0)];
        IsLogarithmic = sorted[0] >= 0 && positive.Length > 2 && positive[^1] >= Wide * positive[0]
            && MoreEvenByRatio(positive);
        _least = positive.Length > 0 ? positive[0] : 1;
        _step = positive.Length > 1 ? Math.Log10(positive[1] / positive[0]) : 1;
    }

    internal bool IsLogarithmic { get; }

    internal double Place(double value)
    {
        if (!IsLogarithmic)
            return value;
        return value >= _least ? Math.Log10(value) : Math.Log10(_least) - (_step * (1 - (value / _least)));
    }

    internal double Value(double place)
    {
        if (!IsLogarithmic)
            return place;
        double least = Math.Log10(_least);
        return place >= least ? Math.Pow(10, place) : _least * (1 - ((least - place) / _step));
    }

    private static bool MoreEvenByRatio(double[] values)
    {
        double[] steps = [.. values.Zip(values.Skip(1), (a, b) => b - a)];
        double[] ratios = [.. values.Zip(values.Skip(1), (a, b) => Math.Log(b / a))];
        return ratios.Max() / ratios.Min() < steps.Max() / steps.Min();
    }
}
