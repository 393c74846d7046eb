using Nudge.Plasticity;

namespace Nudge.Audit;

/// <summary>A wrapper of the audit's own around the rule that is to be judged.</summary>
internal interface IObservedRule : IPlasticityRule
{
    /// <summary>The rule that is to be judged.</summary>
    IPlasticityRule Observed { get; }
}
