using System.Globalization;
using Nudge.Reproductions;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Nudge.Reports.Sweeps;

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
