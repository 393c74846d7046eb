using Nudge.Recording;
using Nudge.Running;

namespace Nudge.Reports;

/// <summary>The figures that a run leaves in its folder: those of what its model and its settings measure.</summary>
public sealed class RunFigures : IRunFigures
{
    // Runs of a pool end side by side, and the plotting library is not documented as thread-safe.
    private static readonly Lock Drawing = new();

    /// <inheritdoc/>
    public void Draw(RunDirectory directory, RunHistory history)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(history);
        lock (Drawing)
            DrawAll(directory, history);
    }

    private static void DrawAll(RunDirectory directory, RunHistory history)
    {
        RunSummary summary = history.Summary;
        if (summary.Evaluations.Count > 0 || history.Likelihood is null)
            LearningCurvePlot.Save(directory, summary, history.Rows);
        LedgerPlot.Save(directory, summary);
        if (history.Likelihood is { Count: > 0 } likelihood)
            LikelihoodPlot.Save(directory, summary, likelihood);
        if (history.Weights is { } weights && history.Run.Network.Model.HasLikelihood)
            GeneratedImages.Save(directory, history.Run.Network, weights);
        StalenessPlot.Save(directory, summary);
        TruthPlot.Save(directory, summary, history.Truth);
    }
}
