using Nudge.Measurements;
using Nudge.Statistics;

namespace Nudge.Reproductions;

/// <summary>
/// Makes verdicts on means. Each rests on a 95 % interval and is undecided where the interval holds both answers, or
/// where there are too few values for one.
/// </summary>
/// <param name="measure">What the arms are compared by.</param>
public sealed class Claims(Measure measure)
{
    /// <summary>The mean of an arm is at most a bound.</summary>
    public Verdict MeanAtMost(string arm, double bound) => new(
        $"mean {measure.Name} of {arm} ≤ {measure.Text(bound)}",
        evidence => OfMean(evidence.Of(arm), interval => interval.High <= bound, interval => interval.Low > bound));

    /// <summary>The mean of an arm is at least a bound.</summary>
    public Verdict MeanAtLeast(string arm, double bound) => new(
        $"mean {measure.Name} of {arm} ≥ {measure.Text(bound)}",
        evidence => OfMean(evidence.Of(arm), interval => interval.Low >= bound, interval => interval.High < bound));

    /// <summary>An arm does better than another.</summary>
    public Verdict Better(string arm, string other) => new(
        $"{arm} is better than {other}",
        evidence => OfGain(evidence.Of(arm), evidence.Of(other), 0));

    /// <summary>An arm does not do worse than another by more than a margin.</summary>
    public Verdict NoWorse(string arm, string other, double margin) => new(
        $"{arm} is no worse than {other} by more than {measure.DifferenceText(margin).TrimStart('+')}",
        evidence => OfGain(evidence.Of(arm), evidence.Of(other), -margin));

    /// <summary>The difference from the reference values may be nothing: its interval contains 0.</summary>
    public Verdict MatchesReference(string arm) => new(
        $"{arm} differs from its reference by nothing that can be told",
        evidence => OfDifference(
            evidence.Of(arm), evidence.ReferenceOf(arm).Values, difference => difference.Contains(0), _ => true));

    /// <summary>
    /// The shift from the reference values may be nothing, and its interval is narrow enough for that to mean something. By
    /// ranks, since single runs of either side may get stuck on a plateau.
    /// </summary>
    public Verdict AgreesWithReference(string arm, double halfWidth) => new(
        $"{arm} agrees with its reference: the interval of the shift holds 0 and is no wider than "
            + $"± {measure.DifferenceText(halfWidth).TrimStart('+')}",
        evidence =>
        {
            IReadOnlyList<double> reference = evidence.ReferenceOf(arm).Values;
            Interval shift = Shift.Of(evidence.Of(arm), reference);
            string numbers = $"shift {measure.DifferenceText(shift.Centre)}, {Ends(shift, measure.DifferenceText)}, "
                + $"n = {evidence.Of(arm).Count} and {reference.Count}";
            Judgement judgement = Judge(
                shift, known => known.Contains(0) && known.High - known.Low <= 2 * halfWidth, known => !known.Contains(0));
            return new(judgement, numbers);
        });

    /// <summary>The median of an arm is at most a bound.</summary>
    public Verdict MedianAtMost(string arm, double bound) => new(
        $"median {measure.Name} of {arm} ≤ {measure.Text(bound)}",
        evidence =>
        {
            IReadOnlyList<double> values = evidence.Of(arm);
            if (values.Count == 0)
                return new(Judgement.Undecided, "no values");
            double median = Sample.Median(values);
            Judgement judgement = median <= bound ? Judgement.Holds : Judgement.DoesNotHold;
            return new(judgement, $"median {measure.Text(median)}, n = {values.Count}");
        });

    /// <summary>The mean lies within a margin of that of the reference values.</summary>
    public Verdict NearReference(string arm, double margin) => new(
        $"{arm} is within {measure.DifferenceText(margin).TrimStart('+')} of its reference",
        evidence => OfDifference(
            evidence.Of(arm),
            evidence.ReferenceOf(arm).Values,
            difference => -margin <= difference.Low && difference.High <= margin,
            difference => difference.High < -margin || difference.Low > margin));

    /// <summary>The mean lies within a margin of what theory predicts.</summary>
    public Verdict NearPrediction(string arm, double margin) => NearReference(arm, margin) with
    {
        Statement = $"{arm} is within {measure.DifferenceText(margin).TrimStart('+')} of the prediction",
    };

    private Finding OfMean(IReadOnlyList<double> values, Func<Interval, bool> holds, Func<Interval, bool> fails)
    {
        Interval mean = measure.MeanOf(values);
        string numbers = values.Count == 0 ? "no values"
            : $"mean {measure.Text(mean.Centre)}, {Ends(mean, measure.Text)}, n = {values.Count}";
        return new(Judge(mean, holds, fails), numbers);
    }

    private Finding OfGain(IReadOnlyList<double> arm, IReadOnlyList<double> other, double least)
    {
        Interval Gain(Interval difference) => measure.LowerIsBetter
            ? new(-difference.Centre, -difference.High, -difference.Low)
            : difference;
        return OfDifference(arm, other, d => Gain(d).Low > least, d => Gain(d).High < least);
    }

    private Finding OfDifference(
        IReadOnlyList<double> arm, IReadOnlyList<double> other, Func<Interval, bool> holds, Func<Interval, bool> fails)
    {
        Interval difference = measure.DifferenceOf(arm, other);
        string numbers = arm.Count == 0 || other.Count == 0 ? "no values to compare"
            : $"difference {measure.DifferenceText(difference.Centre)}, {Ends(difference, measure.DifferenceText)}, "
                + $"n = {arm.Count} and {other.Count}";
        return new(Judge(difference, holds, fails), numbers);
    }

    private static Judgement Judge(Interval interval, Func<Interval, bool> holds, Func<Interval, bool> fails) =>
        !interval.IsKnown ? Judgement.Undecided
        : holds(interval) ? Judgement.Holds
        : fails(interval) ? Judgement.DoesNotHold
        : Judgement.Undecided;

    private static string Ends(Interval interval, Func<double, string> text) => interval.IsKnown
        ? $"95 % interval {text(interval.Low)} to {text(interval.High)}"
        : "too few values for an interval";
}
