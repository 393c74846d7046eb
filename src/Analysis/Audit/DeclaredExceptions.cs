using Nudge.Plasticity;
using Nudge.Synapses;

namespace Nudge.Audit;

/// <summary>The exceptions to locality in time that theory §5 allows, as rules and synapses declare them.</summary>
internal static class DeclaredExceptions
{
    private static readonly (string Part, string Name)[] AtSynapses =
    [
        ("._sum", "batch under way"),
        ("._adam.", "optimiser moments"),
    ];

    /// <summary>The exception that a place falls under; null where none is declared.</summary>
    /// <param name="path">The way to it, such as <c>DifferenceRule._snapshot._activity</c>.</param>
    /// <param name="rule">The rule that was measured.</param>
    internal static string? Of(string path, RuleDefinition rule)
    {
        if (path.StartsWith($"{nameof(SynapseGroup)} ", StringComparison.Ordinal)
            || path.StartsWith($"{nameof(BiasGroup)}.", StringComparison.Ordinal))
            return AtSynapses.FirstOrDefault(known => path.Contains(known.Part, StringComparison.OrdinalIgnoreCase)).Name;
        const string Inner = "BatchedRule.inner";
        return rule.Carries.Concat(RuleFactory.Carries).FirstOrDefault(known =>
            path.StartsWith(known.Place, StringComparison.Ordinal)
            || path.StartsWith(Inner + known.Place[known.Place.IndexOf('.', StringComparison.Ordinal)..], StringComparison.Ordinal))
            ?.Name;
    }
}
