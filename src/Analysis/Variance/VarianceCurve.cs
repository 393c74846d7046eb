using Nudge.Phases;

namespace Nudge.Variance;

/// <summary>
/// The variance of the updates as a function of b, against σ₊²/b + σ₋²/(1−b) − ‖∇‖² (theory §2). The σ² of <c>isd</c>
/// belong to the phases alone, so that one pair serves all b; those of a rule that compares phases depend on b
/// themselves, and each b is judged by its own.
/// </summary>
public sealed class VarianceCurve
{
    private readonly bool _ownMoments;

    internal VarianceCurve(IReadOnlyList<UpdateTally> tallies, bool ownMoments)
    {
        _ownMoments = ownMoments;
        Spread = Pooled(tallies);
        SquaredGradient = SquaredMean(tallies);
        Points =
        [
            .. tallies.Select(tally => new VariancePoint(
                tally.B,
                tally.Count,
                tally.Variance,
                tally.Error,
                tally.Spread,
                Predict(tally.B, ownMoments ? tally.Spread : Spread))),
        ];
    }

    /// <summary>One point for each b, in ascending order.</summary>
    public IReadOnlyList<VariancePoint> Points { get; }

    /// <summary>σ₊² and σ₋² over all phases of all b.</summary>
    public SecondMoments Spread { get; }

    /// <summary>
    /// ‖∇‖²: the squared length of the mean update, from products of independent runs, so that noise adds nothing.
    /// </summary>
    public double SquaredGradient { get; }

    /// <summary>
    /// The b of least variance: σ₊/(σ₊ + σ₋); where the σ depend on b, the b that is its own best one, between two
    /// points.
    /// </summary>
    public double BestB => _ownMoments ? FixedPoint() : Spread.BestB;

    /// <summary>1 − Σ(measured − predicted)² / Σ(measured − mean)²; not-a-number for a single b.</summary>
    public double RSquared
    {
        get
        {
            double mean = Points.Average(point => point.Variance);
            double left = Points.Sum(point => Square(point.Variance - point.Predicted));
            return 1 - (left / Points.Sum(point => Square(point.Variance - mean)));
        }
    }

    /// <summary>What theory gives at any b, with the σ² of all phases.</summary>
    public double Predict(double b) => Predict(b, Spread);

    private double Predict(double b, SecondMoments spread) =>
        (spread.Positive / b) + (spread.Negative / (1 - b)) - SquaredGradient;

    private double FixedPoint()
    {
        for (int i = 1; i < Points.Count; i++)
        {
            (VariancePoint low, VariancePoint high) = (Points[i - 1], Points[i]);
            (double before, double after) = (low.Spread.BestB - low.B, high.Spread.BestB - high.B);
            if (before >= 0 && after <= 0)
                return before == after ? low.B : low.B + ((high.B - low.B) * before / (before - after));
        }

        return Spread.BestB;
    }

    private static SecondMoments Pooled(IReadOnlyList<UpdateTally> tallies) => new(
        tallies.Sum(tally => tally.Squares.Positive) / tallies.Sum(tally => tally.Squares.Positives),
        tallies.Sum(tally => tally.Squares.Negative) / tallies.Sum(tally => tally.Squares.Negatives));

    // Of the mean squared length of a sum, the parts that runs do not share is noise: only products of two runs remain.
    private static double SquaredMean(IReadOnlyList<UpdateTally> tallies)
    {
        double[][] means = [.. tallies.Select(tally => tally.Mean)];
        if (means.Length == 1)
            return means[0].Sum(Square);
        double products = 0;
        for (int i = 0; i < means[0].Length; i++)
        {
            int parameter = i;
            products += Square(means.Sum(mean => mean[parameter])) - means.Sum(mean => Square(mean[parameter]));
        }

        return products / (means.Length * (means.Length - 1.0));
    }

    private static double Square(double value) => value * value;
}
