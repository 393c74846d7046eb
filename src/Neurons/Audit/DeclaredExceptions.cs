namespace Nudge.Audit;

/// <summary>The exceptions to locality in time that theory §5 declares, by where the code keeps them.</summary>
internal static class DeclaredExceptions
{
    private static readonly (string Rule, string Field, string Name)[] InRules =
    [
        ("DerivativeRule", "._last", "last step"),
        ("DifferenceRule", "._snapshot", "snapshot"),
        ("ForwardForwardRule", "._pair", "stored state"),
        ("BoltzmannRule", "._ownMean", "running means"),
        ("BoltzmannRule", "._heardMeans", "running means"),
        ("BoltzmannRule", "._sparsity", "running means"),
        ("BoltzmannRule", "._followed", "running means"),
        ("MeteredRule", "._positive", "running means"),
        ("MeteredRule", "._negative", "running means"),
        ("BatchedRule", "._seen", "batch under way"),
    ];

    private static readonly (string Part, string Name)[] AtSynapses =
    [
        ("._sum", "batch under way"),
        ("._adam.", "optimiser moments"),
    ];

    internal static string? Of(string path)
    {
        if (path.StartsWith("SynapseGroup ", StringComparison.Ordinal) || path.StartsWith("BiasGroup.", StringComparison.Ordinal))
            return AtSynapses.FirstOrDefault(known => path.Contains(known.Part, StringComparison.OrdinalIgnoreCase)).Name;
        const string Inner = "BatchedRule.inner";
        return InRules.FirstOrDefault(known => path.StartsWith(known.Rule + known.Field, StringComparison.Ordinal)
            || path.StartsWith(Inner + known.Field, StringComparison.Ordinal)).Name;
    }
}
