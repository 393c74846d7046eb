using System.Globalization;
using Nudge.Measurements;
using Nudge.Reproductions.Results;

namespace Nudge.Reports;

/// <summary>Where values lie in the figure of the arms.</summary>
internal sealed class ArmsScale
{
    private const double Margin = 0.06;
    private const double MeansColumn = 0.14;

    internal ArmsScale(ReproductionSummary summary, Measure measure)
    {
        Measure = measure;
        double[] all = [.. summary.Arms.SelectMany(Values).Select(Place).DefaultIfEmpty(0)];
        double width = Math.Max(all.Max() - all.Min(), Math.Pow(10, -measure.Decimals));
        Low = all.Min() - (Margin * width);
        // To the right stand the means as text.
        High = all.Max() + ((Margin + MeansColumn) * width);
    }

    internal Measure Measure { get; }

    internal double Low { get; }

    internal double High { get; }

    internal double Place(double value) => value * Measure.Scale;

    internal string TickText(double place)
    {
        // What ticks add up to is not exact.
        double slack = 1e-9 * Measure.Scale;
        bool possible = place >= (Measure.Least * Measure.Scale) - slack
            && place <= (Measure.Most * Measure.Scale) + slack;
        return possible ? place.ToString("0.######", CultureInfo.InvariantCulture).Replace('-', '−') : "";
    }

    private static IEnumerable<double> Values(ArmSummary arm) => arm.Values
        .Concat(arm.Reference?.Values ?? [])
        .Concat(new[] { arm.Low, arm.High, arm.Reference?.Low, arm.Reference?.High }.OfType<double>());
}
