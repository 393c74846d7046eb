using Nudge.Phases;

namespace Nudge.Plasticity.Rules;

/// <summary>
/// Continual equilibrium propagation (Ernoult et al. 2020, eq. 8): ΔW = η·(φ_t − φ_(t−1)) at every step of the nudged phase,
/// after a free phase of the same stimulus: <c>derivative-isd</c> with alternating phases and g = ±1. Carries one step.
/// </summary>
public sealed record ContinualEpSettings : RuleSettings
{
    /// <inheritdoc/>
    public override RuleDefinition Rule => ContinualEp.Instance;

    /// <inheritdoc/>
    public override bool LearnsWithinPhases => true;
}

internal sealed class ContinualEp : RuleDefinition<ContinualEpSettings>
{
    internal static readonly ContinualEp Instance = new();

    public override string Name => "continual-ep";

    public override string Summary =>
        "The change since the last step, in the nudged phase alone, after a free phase of the same stimulus.";

    public override string Source => "Ernoult et al. 2020, eq. 8";

    public override bool ComparesPhases => true;

    public override bool WeighsPolaritiesAlike => true;

    public override bool NeedsAlternatingPhases => true;

    public override IReadOnlyList<CarriedDeclaration> Carries => DerivativeRule.Carries;

    public override bool Suits(ModelTraits model) => base.Suits(model) && model.StateIsContinuous;

    public override void Check(RuleCheck check)
    {
        if (check.Phases.Order != PhaseOrder.Alternating)
        {
            check.Findings.Error(
                "phases.order",
                "continual equilibrium propagation nudges after each free phase; expected alternating");
        }
    }

    protected override IPlasticityRule Create(ContinualEpSettings settings, RuleContext context) =>
        new DerivativeRule(context);
}
