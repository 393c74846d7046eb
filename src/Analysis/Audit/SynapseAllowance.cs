using System.Reflection;
using Nudge.Synapses;

namespace Nudge.Audit;

/// <summary>
/// What theory §5 grants a synapse beyond the present phase: its own parameters, what last arrived, what follows from
/// both, and its own count of updates. Whatever else is found there counts as carried until it is shown to be scratch.
/// </summary>
internal static class SynapseAllowance
{
    /// <summary>By type, the names of fields; a test holds that each exists.</summary>
    internal static IReadOnlyDictionary<Type, string[]> Granted { get; } = new Dictionary<Type, string[]>
    {
        [typeof(SynapseGroup)] =
        [
            nameof(SynapseGroup.Projection), nameof(SynapseGroup.Weights), nameof(SynapseGroup.Rate),
            nameof(SynapseGroup.Keep), nameof(SynapseGroup.ReceivedVersion), nameof(SynapseGroup.CurrentVersion),
            "_received", "_current", "_represented", "_columns", "_values", "_nonZero", "_listedVersion",
            "_representedVersion", "_weightsChanged",
        ],
        [typeof(BiasGroup)] =
        [
            "_values", "_own", nameof(BiasGroup.Rate), nameof(BiasGroup.Version), nameof(BiasGroup.IsPresent),
        ],
    };

    internal static bool Grants(FieldInfo field) =>
        Granted.TryGetValue(field.DeclaringType!, out string[]? names) && names.Contains(FieldNames.Of(field));
}
