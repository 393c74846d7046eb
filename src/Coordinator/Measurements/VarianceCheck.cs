using Nudge.Experiments;
using Nudge.Phases;

namespace Nudge.Measurements;

/// <summary>Whether b has a meaning in an experiment.</summary>
internal static class VarianceCheck
{
    internal static void Run(ExperimentSettings settings)
    {
        if (settings.Phases.Order == PhaseOrder.Alternating)
            throw Refused("phases.order", "alternating phases know no b; expected bernoulli");
        if (!settings.Learning.Rule.Rule.HasOptimalB)
            throw Refused("learning.rule", $"{settings.Learning.Rule.Definition.Name} does not weigh by b; expected a rule that does, such as isd or differential-isd");
    }

    private static ExperimentException Refused(string path, string message) =>
        new([new Problem("", path, $"{path}: {message}")]);
}
