using Nudge.State;
using Nudge.Synapses;

namespace Nudge.Plasticity;

/// <summary>
/// Sums the updates of another rule over a batch of phases and applies them together, as offline training does. The sum
/// waits at the synapses and is carried across phases.
/// </summary>
/// <param name="inner">Finds the updates.</param>
/// <param name="phases">Phases in a batch.</param>
public sealed class BatchedRule(IPlasticityRule inner, int phases) : IPlasticityRule
{
    private int _seen;

    /// <summary>What it carries from phase to phase, and why.</summary>
    internal static IReadOnlyList<CarriedDeclaration> Carries { get; } =
    [
        new("BatchedRule._seen", "batch under way", "Updates of several phases are applied together."),
    ];

    /// <inheritdoc/>
    public LearningOutcome Elapse(in LocalSignals here, float elapsed) => inner.Elapse(here, elapsed);

    /// <inheritdoc/>
    public LearningOutcome EndPhase(in LocalSignals here)
    {
        LearningOutcome outcome = inner.EndPhase(here);
        if (!here.Phase.Learns || ++_seen < phases)
            return outcome;
        _seen = 0;
        foreach (SynapseView synapses in here.Synapses)
            synapses.Group.ApplyBatch();
        here.Bias.Group.ApplyBatch();
        return outcome;
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Section(1, "rule", inner);
        state.Item(2, ref _seen);
    }
}
