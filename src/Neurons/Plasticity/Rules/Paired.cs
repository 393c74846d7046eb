using Nudge.Phases;

namespace Nudge.Plasticity.Rules;

/// <summary>
/// The traditional baseline (theory §1): the two phases' difference, with the first one's state stored until the second has
/// ended. Only a phase whose polarity is opposite to the previous one teaches, with g = ±1. For a Boltzmann machine this is
/// contrastive divergence, with as many steps as a phase has (Hinton 2002). Carries one snapshot.
/// </summary>
public sealed record PairedSettings : RuleSettings
{
    /// <inheritdoc/>
    public override RuleDefinition Rule => Paired.Instance;
}

internal sealed class Paired : RuleDefinition<PairedSettings>
{
    internal static readonly Paired Instance = new();

    public override string Name => "paired";

    public override string Summary =>
        "The traditional baseline: the two phases' difference, with the first one's state stored.";

    public override string Source => "Movellan 1991; Hinton 2002; Scellier and Bengio 2017";

    public override bool ComparesPhases => true;

    public override bool WeighsPolaritiesAlike => true;

    public override bool LearnsFromOppositePhases => true;

    public override IReadOnlyList<CarriedDeclaration> Carries { get; } = SnapshotRule.CarriedBy<DifferenceRule>();

    public override void Check(RuleCheck check)
    {
        if (check.Phases.Order == PhaseOrder.Alternating)
            return;
        check.Findings.Warn(
            "learning.rule",
            "paired learns from two phases of opposite sign, and a coin gives a stimulus both by chance only: use phases.order: alternating");
    }

    protected override IPlasticityRule Create(PairedSettings settings, RuleContext context) =>
        new DifferenceRule(context, oppositeOnly: true);
}
