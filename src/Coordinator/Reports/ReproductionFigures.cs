using Nudge.Recording;
using Nudge.Reproductions.Results;

namespace Nudge.Reports;

/// <summary>The figures that a reproduction leaves in its folder: a row for each arm, or the arms against theory, and the learning curves.</summary>
public sealed class ReproductionFigures : IReproductionFigures
{
    /// <inheritdoc/>
    public void Draw(RunDirectory directory, ReproductionResults results, ReproductionSummary summary)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(summary);
        if (results.Reproduction.Theory is null)
            ArmsPlot.Save(directory, results.Reproduction, summary);
        else
            TheoryPlot.Save(directory, results.Reproduction, summary);
        CurvesPlot.Save(directory, results, summary.FigureTitle);
    }
}
