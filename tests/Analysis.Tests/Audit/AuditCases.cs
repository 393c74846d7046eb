using System.Collections.Concurrent;
using Nudge.Audit;
using Nudge.Catalogue;
using Nudge.Networks;

namespace Nudge.Analysis.Tests.Audit;

/// <summary>The networks that the audit measures rules on, by name, and what it measured, once for all tests.</summary>
public static class AuditCases
{
    private static readonly ConcurrentDictionary<string, Lazy<CarriedReport>> Reports = new();

    /// <summary>All of them.</summary>
    public static IReadOnlyList<AuditCase> All { get; } = AuditNetworks.Of(DefinitionCatalogue.BuiltIn);

    /// <summary>Their names.</summary>
    public static TheoryData<string> Names => [.. All.Select(one => one.Name)];

    /// <summary>The network of one name.</summary>
    public static NetworkPlan Plan(string name) => All.Single(one => one.Name == name).Plan;

    /// <summary>What the rule of one network carries.</summary>
    public static CarriedReport Measure(string name) => Reports.GetOrAdd(
        name, key => new(() => CarriedState.Measure(Plan(key), AuditNetworks.Examples))).Value;
}
