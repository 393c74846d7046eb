namespace Nudge.Plasticity;

/// <summary>Never learns: the rule of slices that only answer.</summary>
internal sealed class NoPlasticity : IPlasticityRule
{
    internal static readonly NoPlasticity Instance = new();

    private NoPlasticity()
    {
    }

    /// <inheritdoc/>
    public LearningOutcome Elapse(in LocalSignals here, float elapsed) => LearningOutcome.Nothing;

    /// <inheritdoc/>
    public LearningOutcome EndPhase(in LocalSignals here) => LearningOutcome.Nothing;
}
