using Nudge.Experiments;
using Nudge.Phases;
using Nudge.Plasticity;

namespace Nudge.Variance;

/// <summary>Whether b has a meaning in an experiment.</summary>
internal static class VarianceCheck
{
    internal static void Run(ExperimentSettings settings)
    {
        if (settings.Phases.Order == PhaseOrder.Alternating)
            throw new ExperimentException("phases.order: alternating phases know no b; expected bernoulli");
        if (settings.Learning.Rule is not (RuleKind.Isd or RuleKind.DifferentialIsd))
            throw new ExperimentException("learning.rule: only isd and differential-isd weigh by b; expected one of them");
    }
}
