using Nudge.Recording;
using Nudge.Reproductions.Results;

namespace Nudge.Reports;

/// <summary>The figures that a reproduction leaves in its folder: a row for each arm, and the learning curves.</summary>
public sealed class ReproductionFigures : IReproductionFigures
{
    /// <inheritdoc/>
    public void Draw(RunDirectory directory, ReproductionResults results, ReproductionSummary summary)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(summary);
        ArmsPlot.Save(directory, results.Reproduction, summary);
        CurvesPlot.Save(directory, results, summary.FigureTitle);
    }
}
