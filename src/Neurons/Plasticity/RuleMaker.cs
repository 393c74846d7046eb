using Nudge.Networks;

namespace Nudge.Plasticity;

/// <summary>Makes the plasticity rule of one slice.</summary>
/// <param name="plan">The network: settings only, nothing of its state.</param>
/// <param name="slice">The slice whose synapses the rule changes.</param>
public delegate IPlasticityRule RuleMaker(NetworkPlan plan, SlicePlan slice);
