namespace Nudge.Experiments.Sweeping;

/// <summary>What sweeps can be judged by.</summary>
public static class SweepMeasures
{
    /// <summary>Share of correct answers.</summary>
    public const string Accuracy = "accuracy";

    /// <summary>Negative log-likelihood of a Boltzmann machine.</summary>
    public const string Likelihood = "likelihood";

    /// <summary>Mean squared distance of outputs from their target values.</summary>
    public const string SquaredError = "squared-error";

    /// <summary>Cosine of the two weight copies of bidirectional projections.</summary>
    public const string Symmetry = "symmetry";

    /// <summary>Presentations until <c>run.untilAccuracy</c> was reached.</summary>
    public const string Presentations = "presentations";

    /// <summary>Messages until <c>run.untilAccuracy</c> was reached.</summary>
    public const string Messages = "messages";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Names { get; } = [Accuracy, Likelihood, SquaredError, Symmetry, Presentations, Messages];
}
