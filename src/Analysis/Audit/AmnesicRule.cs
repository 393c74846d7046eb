using Nudge.Plasticity;
using Nudge.State;

namespace Nudge.Audit;

/// <summary>
/// Forgets everything at the end of each phase: the rule inside is thrown away and a fresh one takes its place. A rule
/// that carries nothing from phase to phase learns the very same bits with it.
/// </summary>
public sealed class AmnesicRule : IPlasticityRule
{
    private readonly RuleMaker _rules;
    private readonly RuleContext _context;
    private IPlasticityRule _inner;

    /// <summary>Makes the rule for one slice.</summary>
    /// <param name="rules">Makes the rules inside.</param>
    /// <param name="context">The slice.</param>
    public AmnesicRule(RuleMaker rules, RuleContext context)
    {
        ArgumentNullException.ThrowIfNull(rules);
        _rules = rules;
        _context = context;
        _inner = rules(context);
    }

    /// <summary>Makes rules that forget out of rules that may not.</summary>
    public static RuleMaker Of(RuleMaker rules) => context => new AmnesicRule(rules, context);

    /// <inheritdoc/>
    public LearningOutcome Elapse(in LocalSignals here, float elapsed) => _inner.Elapse(here, elapsed);

    /// <inheritdoc/>
    public LearningOutcome EndPhase(in LocalSignals here)
    {
        LearningOutcome outcome = _inner.EndPhase(here);
        _inner = _rules(_context);
        return outcome;
    }

    /// <inheritdoc/>
    public void Describe(StateSection state) => _inner.Describe(state);
}
