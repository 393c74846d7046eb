using Nudge.Catalogue;
using Nudge.Clocks;
using Nudge.Models;
using Nudge.Models.ForwardForward;
using Nudge.Models.HelmholtzMachine;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Plasticity.Rules;
using Nudge.Populations;
using Nudge.Topology;

namespace Nudge.Testing;

/// <summary>
/// Small networks for the properties that all models and rules must have: one for each model of the catalogue with each
/// rule that suits it and each variant of the rule; and some that need settings of their own.
/// </summary>
public static class EveryModel
{
    private const int Inputs = 9;
    private const int Hidden = 18;

    private static readonly Dictionary<string, Func<NetworkSettings>> Special = new(StringComparer.Ordinal)
    {
        ["rbm"] = () => Machine(2),
        ["rbm, centred and sparse"] = () => Machine(3).WithIsd(
            rule => rule with { Centring = 0.01, Sparsity = new() { Cost = 0.1 } }),
        ["rbm, phase-end"] = () => Machine(2).WithIsd(rule => rule with { Timing = UpdateTiming.PhaseEnd }),
        ["rbm, CD"] = () => Alternating(Machine(2), "paired"),
        ["rbm, labels"] = () => Labelled(Machine(2)),
        ["sbm"] = () => SmallMachine.Settings(Inputs, Hidden, 0.02, coupled: true).WithVisibleBiases(0.02),
        ["helmholtz, continuous"] = () => Layered(2),
        ["ff"] = () => Layers() with { Lanes = 2 },
        ["ff, by goodness"] = () => Layers() with
        {
            Model = new ForwardForwardSettings { Negatives = NegativeLabels.ByGoodness },
        },
        ["few-bits"] = () => Plain() with { Learning = new() { Rule = new DifferentialIsdSettings(), Weights = new() { Bits = 6 } } },
        ["devices"] = () => Plain() with { Devices = Deviating },
        ["devices, sbm"] = () => SmallMachine.Settings(Inputs, Hidden, 0.02, coupled: true) with { Devices = Deviating },
        ["devices, ff"] = () => Layers() with { Lanes = 2, Devices = Deviating },
        ["batch"] = () => Plain() with { Learning = new() { Rule = new DifferentialIsdSettings(), Batch = 3 } },
    };

    private static readonly Dictionary<string, (ModelDefinition Model, RuleSettings Rule)> Catalogued = FromCatalogue();

    /// <summary>
    /// Names that <see cref="Settings"/> knows: <c>model, rule</c> or <c>model, rule, variant</c>, and the special ones.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } = [.. Catalogued.Keys, .. Special.Keys];

    /// <summary>One name for each model of the catalogue, with a rule that learns in phases of both polarities.</summary>
    public static IReadOnlyList<string> OfEachModel { get; } =
    [
        .. Catalogued.Where(one => !one.Value.Rule.Rule.WeighsPolaritiesAlike)
            .GroupBy(one => one.Value.Model.Name).Select(cases => cases.First().Key),
    ];

    /// <summary>A network without faults.</summary>
    /// <exception cref="ArgumentException">The name is unknown.</exception>
    public static NetworkSettings Settings(string name)
    {
        if (Special.TryGetValue(name, out Func<NetworkSettings>? special))
            return special();
        if (Catalogued.TryGetValue(name, out (ModelDefinition Model, RuleSettings Rule) one))
            return Example(one.Model, one.Rule);
        string known = string.Join("; ", Names);
        throw new ArgumentException($"There is no network {name}; expected one of {known}.", nameof(name));
    }

    /// <summary>
    /// Binary rows for models that assign a likelihood to them, values spread over (0, 1) for others; three classes.
    /// </summary>
    public static VectorExamples Examples(string name)
    {
        var spread = VectorExamples.Spread(10, Inputs, 3);
        if (!((ModelDefinition)Settings(name).Model.Definition).HasLikelihood)
            return spread;
        float[][] rows = [.. Enumerable.Range(0, spread.Count).Select(_ => new float[Inputs])];
        for (int row = 0; row < rows.Length; row++)
        {
            spread.CopyInput(row, rows[row]);
            rows[row] = [.. rows[row].Select(value => value > 0.5f ? 1f : 0f)];
        }

        return new(rows, [.. Enumerable.Range(0, rows.Length).Select(spread.LabelOf)], 3);
    }

    private static Dictionary<string, (ModelDefinition Model, RuleSettings Rule)> FromCatalogue()
    {
        DefinitionCatalogue all = DefinitionCatalogue.BuiltIn;
        return all.All<ModelDefinition>()
            .SelectMany(model => RuleDefinition.For(all, model.Defaults.Traits)
                .SelectMany(rule => rule.VariantsFor(model.Defaults.Traits)
                    .Select(variant => (
                        Name: NameOf(model.Name, rule.Name, variant.Label),
                        Case: (model, variant.Settings)))))
            .ToDictionary(one => one.Name, one => one.Case, StringComparer.Ordinal);
    }

    private static string NameOf(params string[] parts) => string.Join(", ", parts.Where(part => part.Length > 0));

    private static NetworkSettings Example(ModelDefinition model, RuleSettings rule)
    {
        ExampleNetwork example = model.Example(Inputs, Hidden, 3);
        return new()
        {
            Populations = example.Populations,
            Projections =
            [
                .. example.Projections.Select(one => KeyValuePair.Create(one.Key, one.Value with { Rate = 0.03 })),
            ],
            Model = model.Defaults.WithNudge(rule.Rule.Waveform),
            Learning = new() { Rule = rule },
            Phases = new()
            {
                // Rules that weigh both polarities alike compare opposite phases, which seldom follow by chance.
                Order = rule.Rule.WeighsPolaritiesAlike ? PhaseOrder.Alternating : PhaseOrder.Bernoulli,
                PerStimulus = 2,
                Length = LengthFor(model.Defaults.WithNudge(rule.Rule.Waveform), rule),
            },
            Clocks = new() { Scope = ClockScope.Population, Jitter = 0 },
            Classes = 3,
        };
    }

    private static DeviceSettings Deviating => new() { Slope = 0.2, Threshold = 0.05, Gain = 0.2, Offset = 0.05, Noise = 0.02 };

    // A waveform has to fit into a phase.
    private static PhaseLengthSettings LengthFor(ModelSettings model, RuleSettings rule) =>
        rule.Rule.Waveform == NudgeWaveform.Constant
            ? new()
            : new() { Floor = LeastLength(model.NudgeInPhase, rule), Mean = LeastLength(model.NudgeInPhase, rule) + 6 };

    private static double LeastLength(NudgeSettings nudge, RuleSettings rule) =>
        nudge.Start + (nudge.Periods * nudge.Period) + rule.ReadoutDelay(populations: 2);

    private static NetworkSettings Plain() => SmallNetwork.Settings(Inputs, Hidden, 3);

    private static NetworkSettings Layered(int lanes) =>
        Example(new HelmholtzMachineModel(), new HelmholtzIsdSettings { Timing = UpdateTiming.Continuous }) with { Lanes = lanes };

    private static NetworkSettings Layers() => SmallLayers.Settings(Inputs, [Hidden, 10], 3, 0.5);

    private static NetworkSettings Machine(int lanes) =>
        SmallMachine.Settings(Inputs, Hidden, 0.02).WithVisibleBiases(0.02) with { Lanes = lanes };

    private static NetworkSettings Alternating(NetworkSettings settings, string rule) => settings with
    {
        Learning = new() { Rule = NamedSettings.Rule(rule, settings.Model) },
        Phases = settings.Phases with { Order = PhaseOrder.Alternating, PerStimulus = 2 },
    };

    private static NetworkSettings Labelled(NetworkSettings settings) => settings with
    {
        Populations = [.. settings.Populations, new("label", new() { Role = PopulationRole.Output, Size = 3 })],
        Projections =
        [
            .. settings.Projections,
            new("hidden-label", new() { From = "hidden", To = "label", Bidirectional = true, Deviation = 0.01, Rate = 0.02 }),
        ],
        Classes = 3,
    };
}
