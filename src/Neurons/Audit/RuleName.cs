using System.Text.RegularExpressions;
using Nudge.Networks;
using Nudge.Plasticity;

namespace Nudge.Audit;

/// <summary>Names a rule with the switches that decide what it carries, as an experiment file spells them.</summary>
internal static partial class RuleName
{
    internal static string Of(NetworkSettings settings, RuleMaker? planted)
    {
        if (planted is not null)
            return planted.Method.Name.StartsWith('<') ? "planted" : planted.Method.Name;
        LearningSettings learning = settings.Learning;
        List<string> parts = [Spelled(learning.Rule.ToString())];
        if (learning.Rule == RuleKind.Isd && learning.Baseline != BaselineKind.None)
            parts.Add(Spelled(learning.Baseline.ToString()));
        if (learning.Centring > 0)
            parts.Add("centring");
        if (learning.Sparsity.Cost > 0)
            parts.Add("sparsity");
        if (learning.Optimiser.Kind != OptimiserKind.Sgd)
            parts.Add(Spelled(learning.Optimiser.Kind.ToString()));
        if (learning.Batch > 1)
            parts.Add("batch");
        return string.Join(" + ", parts);
    }

    private static string Spelled(string name) =>
        Inner().Replace(name, "-$1").ToLowerInvariant();

    [GeneratedRegex("(?<!^)([A-Z])")]
    private static partial Regex Inner();
}
