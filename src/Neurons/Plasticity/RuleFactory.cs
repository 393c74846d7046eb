using Nudge.Networks;

namespace Nudge.Plasticity;

/// <summary>Chooses the rule that the settings name.</summary>
public static class RuleFactory
{
    /// <summary>Makes a fresh rule for one slice.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="slice">The slice whose synapses it changes.</param>
    public static IPlasticityRule Create(NetworkPlan plan, SlicePlan slice)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(slice);
        IPlasticityRule rule = plan.Settings.Model.Kind == ModelKind.ForwardForward
            ? new ForwardForwardRule(plan, slice)
            : OfEstimator(plan, slice);
        if (plan.Settings.Learning.Batch > 1)
            rule = new BatchedRule(rule, plan.Settings.Learning.Batch);
        return plan.Settings.Phases.B.IsOptimal ? new MeteredRule(rule, plan, slice) : rule;
    }

    private static IPlasticityRule OfEstimator(NetworkPlan plan, SlicePlan slice) => plan.Settings.Learning.Rule switch
    {
        RuleKind.Isd when plan.Settings.Model.Kind == ModelKind.BoltzmannMachine => new BoltzmannRule(plan, slice),
        RuleKind.Isd => new IsdRule(plan, slice),
        RuleKind.DifferentialIsd => new DifferenceRule(plan, slice, oppositeOnly: false),
        RuleKind.DerivativeIsd or RuleKind.ContinualEp => new DerivativeRule(plan, slice),
        _ => new DifferenceRule(plan, slice, oppositeOnly: true),
    };
}
