using Nudge.Populations;
using Nudge.Recording;

namespace Nudge.Running;

/// <summary>Draws the figures of a run. Runs know no plots: the caller that starts one supplies them.</summary>
public interface IRunFigures
{
    /// <summary>Draws into the run's folder. Runs of a pool may end at the same time and call from several threads.</summary>
    /// <param name="directory">The run's folder.</param>
    /// <param name="history">The run.</param>
    /// <exception cref="OutputException">A figure cannot be written.</exception>
    void Draw(RunDirectory directory, RunHistory history);
}

/// <summary>A run that has ended or was interrupted, with everything that was recorded of it.</summary>
public sealed record RunHistory
{
    /// <summary>The experiment with its network.</summary>
    public required PreparedRun Run { get; init; }

    /// <summary>The results.</summary>
    public required RunSummary Summary { get; init; }

    /// <summary>The samples, in the order of time.</summary>
    public required IReadOnlyList<MetricsRow> Rows { get; init; }

    /// <summary>The readings of the truth meter, in the order of time; empty if it was not used.</summary>
    public required IReadOnlyList<TruthRow> Truth { get; init; }

    /// <summary>Negative log-likelihood in nats over the run, or null if it was not measured.</summary>
    public required IReadOnlyList<CurvePoint>? Likelihood { get; init; }

    /// <summary>The weights at the end, or null if they were not collected.</summary>
    public required NetworkWeights? Weights { get; init; }
}
