using Nudge.State;

namespace Nudge.Plasticity;

/// <summary>
/// ΔW = η·g·(ρ_i ρ_j at the end of this phase − ρ_i ρ_j at the end of the previous phase of the same stimulus): what the
/// rules <c>differential-isd</c> and <c>paired</c> have in common. Carries one snapshot across phases.
/// </summary>
internal sealed class DifferenceRule : IPlasticityRule
{
    private readonly bool _gate;
    private readonly bool _oppositeOnly;
    private readonly ChangeLearning _change;
    private readonly float[] _importance;
    private readonly Snapshot _snapshot;

    /// <summary>Makes the rule for one slice.</summary>
    /// <param name="context">The slice.</param>
    /// <param name="oppositeOnly">Whether only a phase whose polarity is opposite to the previous one teaches.</param>
    internal DifferenceRule(RuleContext context, bool oppositeOnly)
    {
        _gate = context.Gate;
        _oppositeOnly = oppositeOnly;
        _change = new(context.Lanes, context.Stride, context.UpdateScale);
        _importance = new float[context.Lanes];
        _snapshot = new(context);
    }

    /// <summary>What it carries from phase to phase, and why.</summary>
    internal static IReadOnlyList<CarriedDeclaration> Carries { get; } =
    [
        new("DifferenceRule._snapshot", "snapshot", "A phase is compared with the end of the one before."),
    ];

    /// <inheritdoc/>
    public LearningOutcome Elapse(in LocalSignals here, float elapsed) => LearningOutcome.Nothing;

    /// <inheritdoc/>
    public LearningOutcome EndPhase(in LocalSignals here)
    {
        LearningOutcome outcome = Learn(here);
        if (here.Phase.Learns)
            _snapshot.Take(here);
        return outcome;
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Section(1, "snapshot", _snapshot);
    }

    private LearningOutcome Learn(in LocalSignals here)
    {
        if (!here.Phase.Learns || !_snapshot.IsPreviousPhaseOf(here.Phase))
            return LearningOutcome.Nothing;
        if (_gate && !(here.Coherent && _snapshot.Coherent))
            return LearningOutcome.Gated;
        for (int lane = 0; lane < _importance.Length; lane++)
        {
            float g = here.Phase.Importance[lane];
            _importance[lane] = _oppositeOnly && g * _snapshot.Importance[lane] >= 0 ? 0 : g;
        }

        _change.Learn(here, _snapshot, _importance);
        return LearningOutcome.Learned;
    }
}
