using Nudge.Audit;
using Nudge.Networks;
using Nudge.Plasticity;

namespace Nudge.Populations;

/// <summary>Makes the slice that a plan describes.</summary>
public static class SliceFactory
{
    /// <summary>Makes one slice, at rest, with its first weights.</summary>
    /// <param name="network">The network.</param>
    /// <param name="plan">The slice's place in it.</param>
    /// <param name="rules">Makes its plasticity rule; by default the one that the settings name.</param>
    /// <exception cref="LocalityException">A rule that was planted can reach what a synapse may not.</exception>
    public static PopulationSlice Create(NetworkPlan network, SlicePlan plan, RuleMaker? rules = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(plan);
        rules = rules is null ? RuleFactory.Create : RuleInspection.Guard(rules);
        return network.Settings.Model.Kind switch
        {
            ModelKind.BoltzmannMachine => new BinarySlice(network, plan, rules),
            _ when plan.Population.Role == PopulationRole.Input => new InputSlice(network, plan),
            ModelKind.ForwardForward => new ForwardSlice(network, plan, rules),
            _ => new LeakySlice(network, plan, rules),
        };
    }
}
