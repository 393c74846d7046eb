using System.Globalization;
using Nudge.Measurements;
using Nudge.Sweeps;
using Nudge.Sweeps.Analysis;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Nudge.Reports.Sweeps;

/// <summary>Marks on the axis of a setting: its own values where they have room, and on a logarithmic axis always.</summary>
internal static class SettingTicks
{
    private const int Most = 12;
    private const double LeastGap = 0.055;

    internal static ITickGenerator Of(IReadOnlyList<double> values, AxisScale scale)
    {
        double[] sorted = [.. values.Distinct().Order()];
        if (sorted.Length > Most && !scale.IsLogarithmic)
            return new NumericAutomatic { TickDensity = 0.5 };
        double width = scale.Place(sorted[^1]) - scale.Place(sorted[0]);
        var ticks = new NumericManual();
        double last = double.NegativeInfinity;
        foreach (double value in sorted)
        {
            double place = scale.Place(value);
            if (place - last < LeastGap * width)
                continue;
            ticks.AddMajor(place, Variation.Shown(value));
            last = place;
        }

        return ticks;
    }
}

/// <summary>Numbers at the axis of a measure; none where the measure cannot be.</summary>
internal static class ValueTicks
{
    internal static ITickGenerator Of(Measure measure) => new NumericAutomatic
    {
        TickDensity = 0.6,
        LabelFormatter = place =>
        {
            // What ticks add up to is not exact.
            double slack = 1e-9 * measure.Scale;
            bool possible = place >= (measure.Least * measure.Scale) - slack && place <= (measure.Most * measure.Scale) + slack;
            return possible ? place.ToString("0.######", CultureInfo.InvariantCulture).Replace('-', '−') : "";
        },
    };
}
