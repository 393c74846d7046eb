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
        return plan.Settings.Learning.Rule switch
        {
            RuleKind.Isd => new IsdRule(plan, slice),
            RuleKind.DifferentialIsd => new DifferenceRule(plan, slice, oppositeOnly: false),
            _ => new DifferenceRule(plan, slice, oppositeOnly: true),
        };
    }
}
