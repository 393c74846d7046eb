using ScottPlot;
using ScottPlot.TickGenerators;

namespace Nudge.Reports;

/// <summary>
/// The axis of stimuli presented. Logarithmic where some runs are many times as long as others, which would otherwise
/// shrink to a corner.
/// </summary>
internal sealed class PresentationAxis
{
    private const double Wide = 5;
    private readonly bool _logarithmic;

    internal PresentationAxis(IReadOnlyCollection<double> lengths) =>
        _logarithmic = lengths.Max() > Wide * lengths.Min();

    internal double Place(long presentations) => _logarithmic ? Math.Log10(Math.Max(1, presentations)) : presentations;

    internal void Show(Plot plot) => plot.Axes.Bottom.TickGenerator = _logarithmic ? Decades() : new NumericAutomatic
    {
        IntegerTicksOnly = true,
        LabelFormatter = value => ProgressText.Count((long)value),
        TickDensity = 0.5,
    };

    private static NumericManual Decades()
    {
        var ticks = new NumericManual();
        for (long decade = 1; decade < 1_000_000_000_000; decade *= 10)
        {
            foreach (long tick in new[] { decade, 2 * decade, 5 * decade })
                ticks.AddMajor(Math.Log10(tick), ProgressText.Count(tick));
        }

        return ticks;
    }
}
