using Nudge.Experiments;
using Nudge.Phases;
using Nudge.Plasticity;

namespace Nudge.Measurements;

/// <summary>Whether b has a meaning in an experiment.</summary>
internal static class VarianceCheck
{
    internal static void Run(ExperimentSettings settings)
    {
        if (settings.Phases.Order == PhaseOrder.Alternating)
            throw Refused("phases.order", "alternating phases know no b; expected bernoulli");
        if (settings.Learning.Rule is not (RuleKind.Isd or RuleKind.DifferentialIsd))
            throw Refused("learning.rule", "only isd and differential-isd weigh by b; expected one of them");
    }

    private static ExperimentException Refused(string path, string message) =>
        new([new Problem("", path, $"{path}: {message}")]);
}
