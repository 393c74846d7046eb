using Nudge.State;

namespace Nudge.Plasticity;

/// <summary>
/// ΔW = η·g·(φ_t − φ_(t−1)) at every step, with φ = ρ_i ρ_j and nothing in a stimulus's first phase (theory §3b): what the
/// rules <c>derivative-isd</c> and <c>continual-ep</c> have in common. Behind the gate, a step is compared with the last one
/// that was coherent. Carries one step.
/// </summary>
internal sealed class DerivativeRule : IPlasticityRule
{
    private readonly bool _gate;
    private readonly ChangeLearning _change;
    private readonly Snapshot _last;
    private bool _teaches;

    internal DerivativeRule(RuleContext context)
    {
        _gate = context.Gate;
        _change = new(context.Lanes, context.Stride, context.UpdateScale);
        _last = new(context);
    }

    /// <summary>What it carries from phase to phase, and why.</summary>
    internal static IReadOnlyList<CarriedDeclaration> Carries { get; } =
    [
        new("DerivativeRule._last", "last step", "A step is compared with the one before, also across a phase's end."),
    ];

    /// <inheritdoc/>
    public LearningOutcome Elapse(in LocalSignals here, float elapsed) => Learn(here);

    /// <inheritdoc/>
    public LearningOutcome EndPhase(in LocalSignals here) => Learn(here);

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Section(1, "last", _last);
        state.Item(2, ref _teaches);
    }

    private LearningOutcome Learn(in LocalSignals here)
    {
        if (!here.Phase.Learns)
            return LearningOutcome.Nothing;
        if (_gate && !here.Coherent)
            return LearningOutcome.Gated;
        bool begins = _last.Phase != here.Phase.Phase;
        if (begins)
            _teaches = _last.IsPreviousPhaseOf(here.Phase);
        if (_teaches)
            _change.Learn(here, _last, here.Phase.Importance);
        _last.Take(here);
        return _teaches ? LearningOutcome.Learned : LearningOutcome.Nothing;
    }
}
