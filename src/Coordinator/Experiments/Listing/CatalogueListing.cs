using System.Text.Json.Nodes;
using Nudge.Catalogue;
using Nudge.DataSets;
using Nudge.Interventions;
using Nudge.Links;
using Nudge.Models;
using Nudge.Placement;
using Nudge.Plasticity;
using Nudge.Topology;

namespace Nudge.Experiments.Listing;

/// <summary>Describes the definitions of a catalogue, by family, from what they state about themselves.</summary>
internal sealed class CatalogueListing(DefinitionCatalogue catalogue)
{
    private static readonly (string Name, Func<CatalogueListing, ListedFamily> List)[] Families =
    [
        ("models", all => all.Family<ModelDefinition>("models", "Models", "model.kind", Model)),
        ("rules", all => all.Family<RuleDefinition>("rules", "Rules", "learning.rule.kind", all.Rule)),
        ("connections", all => all.Laws("connections", "Connections", "connect.kind", typeof(ConnectSettings))),
        ("delays", all => all.Laws("delays", "Delays", "delay.law", typeof(DelaySettings))),
        ("losses", all => all.Laws("losses", "Losses", "loss.law", typeof(LossSettings))),
        ("interventions", all => all.Laws("interventions", "Interventions", "kind", typeof(InterventionSettings))),
        ("data", all => all.Family<DataSetDefinition>("data", "Data sets", "data.set", DataSet)),
        ("placements", all => all.Family<INamedPlacement>("placements", "Placements", "engine.placement", _ => [])),
    ];

    private readonly SettingsListing _settings = new(catalogue);

    /// <summary>The names of the families, in the order of a list.</summary>
    internal static IReadOnlyList<string> Names { get; } = [.. Families.Select(family => family.Name)];

    /// <summary>The families of a list.</summary>
    /// <param name="name">The one that is asked for, of <see cref="Names"/>; null for all.</param>
    internal IReadOnlyList<ListedFamily> Of(string? name) =>
        [.. Families.Where(family => name is null || family.Name == name).Select(family => family.List(this))];

    private ListedFamily Family<TDefinition>(
        string name, string title, string key, Func<TDefinition, IReadOnlyList<ListedFact>> facts)
        where TDefinition : IDefinition =>
        new(name, title, key, [.. catalogue.All<TDefinition>().Select(one => Listed(one, facts(one)))]);

    private ListedFamily Laws(string name, string title, string key, Type family) =>
        new(name, title, key, [.. catalogue.OfFamily(family).Select(one => Listed(one, []))]);

    private ListedDefinition Listed(IDefinition definition, IReadOnlyList<ListedFact> facts) => new(
        definition,
        definition is RuleDefinition { OwnModel: { } model } ? $"{definition.Name} ({model})" : definition.Name,
        facts,
        definition is ISettingsDefinition { SettingsType: { } type } ? _settings.Of(type) : []);

    private static IReadOnlyList<ListedFact> Model(ModelDefinition model) => [Fact("source", model.Source)];

    private IReadOnlyList<ListedFact> Rule(RuleDefinition rule)
    {
        string[] models =
        [
            .. catalogue.All<ModelDefinition>()
                .Where(model => RuleDefinition.For(catalogue, model.Defaults.Traits).Contains(rule))
                .Select(model => model.Name),
        ];
        (string Name, string Reason)[] carries = [.. rule.Carries.Select(one => (one.Name, one.Reason)).Distinct()];
        return
        [
            Fact("source", rule.Source),
            new("models", string.Join(", ", models), new JsonArray([.. models.Select(name => (JsonNode?)name)])),
            new(
                "carries",
                carries.Length == 0 ? "nothing" : Text(carries),
                new JsonArray([.. carries.Select(Json)])),
        ];
    }

    private static JsonNode? Json((string Name, string Reason) carried) =>
        new JsonObject { ["name"] = carried.Name, ["reason"] = carried.Reason };

    private static string Text(IEnumerable<(string Name, string Reason)> carries) => string.Join(' ', carries
        .GroupBy(one => one.Name).Select(kind => $"{kind.Key}: {string.Join(' ', kind.Select(one => one.Reason))}"));

    private static IReadOnlyList<ListedFact> DataSet(DataSetDefinition set)
    {
        (int Inputs, int Classes)? shape = set.ShapeOf(set.Defaults);
        string unlabelled = shape?.Classes == 1 ? "none" : Count(shape?.Classes);
        return
        [
            Fact("source", Source(set)),
            new("inputs", Count(shape?.Inputs), shape?.Inputs),
            new("classes", unlabelled, shape?.Classes),
        ];
    }

    private static string Source(DataSetDefinition set) => set.IsDrawn ? "drawn from the seed"
        : set.IsBuiltIn ? "built in"
        : "files";

    private static string Count(int? count) => count is { } known ? Explaining.Written.Scalar(known) : "from the files";

    private static ListedFact Fact(string name, string text) => new(name, text, text);
}
