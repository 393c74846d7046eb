using Nudge.Catalogue;
using Nudge.Links;
using Nudge.Models;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Signals;
using Nudge.Synapses;
using Nudge.Topology;

namespace Nudge.Audit;

/// <summary>A network that the audit measures a rule on.</summary>
/// <param name="Name">The rule, its variant and its model, as a report names them.</param>
/// <param name="Plan">The network.</param>
public sealed record AuditCase(string Name, NetworkPlan Plan);

/// <summary>
/// A small network for each rule of a catalogue, on each model that it suits and in each of its variants, with messages lost
/// and late, to measure what the rule carries.
/// </summary>
public static class AuditNetworks
{
    private const int Inputs = 12;
    private const int Hidden = 20;
    private const int Classes = 3;

    /// <summary>Some patterns to learn.</summary>
    public static IStimulusSet Examples { get; } = new AuditExamples(Inputs, Classes);

    /// <summary>The networks of all rules of a catalogue, in the order of a report.</summary>
    /// <param name="catalogue">The catalogue.</param>
    public static IReadOnlyList<AuditCase> Of(DefinitionCatalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        return
        [
            .. catalogue.All<ModelDefinition>().SelectMany(model => RuleDefinition.For(catalogue, model.Defaults.Traits)
                .SelectMany(rule => Cases(model, rule))),
        ];
    }

    /// <summary>Makes a rule for each slice of a small network, and inspects them one by one and together.</summary>
    /// <param name="model">The model.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="learning">The rule, with its settings.</param>
    /// <exception cref="LocalityException">A rule can reach too much, or two of them share what can change.</exception>
    public static void Inspect(ModelDefinition model, ModelSettings settings, LearningSettings learning)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(learning);
        NetworkPlan network = NetworkCompiler.Compile(Settings(model, learning) with { Model = settings }, 1000);
        RuleMaker rules = RuleInspection.Guard(RuleFactory.Create);
        foreach (SlicePlan slice in network.Slices)
            network.CreateSlice(slice, rules);
    }

    private static IEnumerable<AuditCase> Cases(ModelDefinition model, RuleDefinition rule)
    {
        foreach (RuleVariant variant in rule.VariantsFor(model.Defaults.Traits))
            yield return Case(model, variant.Label, new() { Rule = variant.Settings });
        LearningSettings usual = new() { Rule = rule.Variants[0].Settings };
        if (rule.GivesWholeGradients)
            yield return Case(model, "adam", usual with { Optimiser = new() { Kind = OptimiserKind.Adam } });
        if (!rule.ComparesPhases)
            yield return Case(model, "batch", usual with { Batch = 8 });
    }

    private static AuditCase Case(ModelDefinition model, string label, LearningSettings learning)
    {
        string[] parts = [learning.Rule.Rule.Name, label, model.Name];
        return new(
            string.Join(", ", parts.Where(part => part.Length > 0)),
            NetworkCompiler.Compile(Settings(model, learning), 1000));
    }

    private static NetworkSettings Settings(ModelDefinition model, LearningSettings learning)
    {
        RuleDefinition rule = learning.Rule.Rule;
        ModelSettings settings = model.Defaults.WithNudge(rule.Waveform);
        ExampleNetwork example = model.Example(Inputs, Hidden, Classes);
        return new()
        {
            Populations = example.Populations,
            Projections = example.Projections,
            Model = settings,
            Learning = learning,
            Phases = new()
            {
                // Rules that weigh both polarities alike compare opposite phases, and meet few of them by chance.
                Order = rule.WeighsPolaritiesAlike ? PhaseOrder.Alternating : PhaseOrder.Bernoulli,
                Length = rule.Waveform == NudgeWaveform.Constant ? new() : Whole(settings.NudgeInPhase, learning.Rule),
            },
            Links = new()
            {
                Activity = new()
                {
                    Delay = new ExponentialDelay { Mean = 0.5 },
                    Loss = new IndependentLoss { Rate = 0.1 },
                },
            },
            Clocks = new() { Jitter = 0.2, Drift = 0.1 },
            Classes = Classes,
        };
    }

    // Most phases hold the waveform to its end, and some are cut off.
    private static PhaseLengthSettings Whole(NudgeSettings nudge, RuleSettings rule)
    {
        double floor = nudge.Start + (nudge.Periods * nudge.Period) + rule.ReadoutDelay(populations: 2);
        return new() { Floor = floor, Mean = floor + 6 };
    }
}
