using System.Reflection;
using System.Text.RegularExpressions;
using Nudge.Networks;
using Nudge.Plasticity;
using Nudge.Synapses;

namespace Nudge.Audit;

/// <summary>Names a rule with the settings in which it differs from its default, as an experiment file spells them.</summary>
internal static partial class RuleName
{
    internal static string Of(NetworkSettings settings, RuleMaker? planted)
    {
        if (planted is not null)
            return planted.Method.Name.StartsWith('<') ? "planted" : planted.Method.Name;
        LearningSettings learning = settings.Learning;
        List<string> parts = [learning.Rule.Rule.Name, .. Differences(learning.Rule)];
        if (learning.Optimiser.Kind != OptimiserKind.Sgd)
            parts.Add(Spelled(learning.Optimiser.Kind.ToString()));
        if (learning.Batch > 1)
            parts.Add("batch");
        if (learning.Weights.Bits is int bits)
            parts.Add($"{bits} bits");
        return string.Join(" + ", parts);
    }

    private static IEnumerable<string> Differences(RuleSettings settings)
    {
        RuleSettings usual = settings.Rule.Variants[0].Settings;
        foreach (PropertyInfo property in settings.GetType().GetProperties().Where(one => one.CanWrite))
        {
            object? value = property.GetValue(settings);
            if (!Equals(value, property.GetValue(usual)))
                yield return Spelled(value is Enum ? $"{value}" : property.Name);
        }
    }

    private static string Spelled(string name) =>
        Inner().Replace(name, "-$1").ToLowerInvariant();

    [GeneratedRegex("(?<!^)([A-Z])")]
    private static partial Regex Inner();
}
