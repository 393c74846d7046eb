namespace Nudge.Plasticity.Rules;

/// <summary>
/// Differential ISD (theory §3b; an extension of ours): ΔW = η·g·(ρ_i ρ_j at the end of this phase − ρ_i ρ_j at the end of
/// the previous phase of the same stimulus). Every phase but a stimulus's first teaches. The previous phase's sign is
/// independent of g, so the mean is that of ISD once phases settle, with far less variance. Carries one snapshot.
/// </summary>
public sealed record DifferentialIsdSettings : RuleSettings
{
    /// <inheritdoc/>
    public override RuleDefinition Rule => DifferentialIsd.Instance;
}

internal sealed class DifferentialIsd : RuleDefinition<DifferentialIsdSettings>
{
    internal static readonly DifferentialIsd Instance = new();

    public override string Name => "differential-isd";

    public override string Summary => "Signed importance times the change since the end of the previous phase; one snapshot.";

    public override string Source => "ours (theory §3b)";

    public override bool ComparesPhases => true;

    public override bool HasOptimalB => true;

    public override IReadOnlyList<CarriedDeclaration> Carries { get; } = SnapshotRule.CarriedBy<DifferenceRule>();

    public override void Check(RuleCheck check)
    {
        if (check.Phases.PerStimulus > 2)
            check.Findings.Warn("phases.perStimulus", "differential-isd was measured to do best with 2 phases a stimulus");
    }

    protected override IPlasticityRule Create(DifferentialIsdSettings settings, RuleContext context) =>
        new DifferenceRule(context, oppositeOnly: false);
}
