using Nudge.State;

namespace Nudge.Plasticity;

/// <summary>
/// A rule that learns at the end of a phase, from what it sees there and what it saw at the end of the previous phase of the
/// same stimulus. Carries one snapshot across phases. With the coherence gate on, both moments must be coherent (theory §3c).
/// </summary>
/// <param name="context">The slice.</param>
internal abstract class SnapshotRule(RuleContext context) : IPlasticityRule
{
    private readonly bool _gate = context.Gate;
    private readonly Snapshot _snapshot = new(context);

    /// <inheritdoc/>
    public LearningOutcome Elapse(in LocalSignals here, float elapsed) => LearningOutcome.Nothing;

    /// <inheritdoc/>
    public LearningOutcome EndPhase(in LocalSignals here)
    {
        if (!here.Phase.Learns)
            return LearningOutcome.Nothing;
        LearningOutcome outcome = Compare(here);
        _snapshot.Take(here);
        return outcome;
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Section(1, "snapshot", _snapshot);
    }

    /// <summary>What a rule of this kind carries from phase to phase, and why.</summary>
    /// <typeparam name="TRule">The rule.</typeparam>
    internal static IReadOnlyList<CarriedDeclaration> CarriedBy<TRule>()
        where TRule : SnapshotRule =>
        [new($"{typeof(TRule).Name}.{nameof(_snapshot)}", "snapshot", "A phase is compared with the end of the one before.")];

    /// <summary>Learns from both moments.</summary>
    /// <param name="here">What the synapses may read now.</param>
    /// <param name="then">The end of the previous phase of the same stimulus.</param>
    protected abstract void Learn(in LocalSignals here, Snapshot then);

    private LearningOutcome Compare(in LocalSignals here)
    {
        if (!_snapshot.IsPreviousPhaseOf(here.Phase))
            return LearningOutcome.Nothing;
        if (_gate && !(here.Coherent && _snapshot.Coherent))
            return LearningOutcome.Gated;
        Learn(here, _snapshot);
        return LearningOutcome.Learned;
    }
}
