namespace Nudge.Plasticity.Rules;

/// <summary>
/// Derivative ISD (theory §3b; an extension of ours): ΔW = η·g·(φ_t − φ_(t−1)) at every step, φ = ρ_i ρ_j, nothing in a
/// stimulus's first phase. While weights stand still it telescopes to <c>differential-isd</c>, yet it carries one step and no
/// phase. Unstable at large rates.
/// </summary>
public sealed record DerivativeIsdSettings : RuleSettings
{
    /// <inheritdoc/>
    public override RuleDefinition Rule => DerivativeIsd.Instance;

    /// <inheritdoc/>
    public override bool LearnsWithinPhases => true;
}

internal sealed class DerivativeIsd : RuleDefinition<DerivativeIsdSettings>
{
    internal static readonly DerivativeIsd Instance = new();

    public override string Name => "derivative-isd";

    public override string Summary => "Signed importance times the change since the last step; one step is remembered.";

    public override string Source => "ours (theory §3b)";

    public override bool ComparesPhases => true;

    public override IReadOnlyList<CarriedDeclaration> Carries => DerivativeRule.Carries;

    public override bool Suits(ModelTraits model) => base.Suits(model) && model.StateIsContinuous;

    protected override IPlasticityRule Create(DerivativeIsdSettings settings, RuleContext context) =>
        new DerivativeRule(context);
}
