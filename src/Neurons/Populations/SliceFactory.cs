using Nudge.Networks;

namespace Nudge.Populations;

/// <summary>Makes the slice that a plan describes.</summary>
public static class SliceFactory
{
    /// <summary>Makes one slice, at rest, with its first weights.</summary>
    public static PopulationSlice Create(NetworkPlan network, SlicePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Population.Role == PopulationRole.Input
            ? new InputSlice(network, plan)
            : new LeakySlice(network, plan);
    }
}
