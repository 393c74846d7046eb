using Nudge.Links;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Stimuli;

namespace Nudge.Audit;

/// <summary>A small network for each rule, with messages lost and late, to measure what the rule carries.</summary>
public static class AuditNetworks
{
    private const int Inputs = 12;
    private const int Hidden = 20;
    private const int Classes = 3;

    /// <summary>Some patterns to learn.</summary>
    public static IStimulusSet Examples { get; } = new AuditExamples(Inputs, Classes);

    /// <summary>Networks by the rule that they run, in the order of a report.</summary>
    public static IReadOnlyList<KeyValuePair<string, NetworkPlan>> All { get; } =
    [
        Plan("isd", Leaky(new() { Rule = RuleKind.Isd })),
        Plan("isd, all the time", Leaky(new() { Rule = RuleKind.Isd, Timing = UpdateTiming.Continuous })),
        Plan("isd, dendritic", Leaky(new() { Rule = RuleKind.Isd, Baseline = BaselineKind.Dendritic })),
        Plan("isd, batch", Leaky(new() { Rule = RuleKind.Isd, Batch = 8 })),
        Plan("isd, Boltzmann machine", Boltzmann(new() { Rule = RuleKind.Isd })),
        Plan("isd, Boltzmann machine, centring", Boltzmann(new() { Rule = RuleKind.Isd, Centring = 0.01 })),
        Plan("isd, Boltzmann machine, sparsity", Boltzmann(
            new() { Rule = RuleKind.Isd, Sparsity = new() { Cost = 0.1 } })),
        Plan("isd, Forward-Forward", Forward(new() { Rule = RuleKind.Isd })),
        Plan("paired, Forward-Forward", Forward(new() { Rule = RuleKind.Paired })),
        Plan("isd, Forward-Forward, Adam", Forward(
            new() { Rule = RuleKind.Isd, Optimiser = new() { Kind = OptimiserKind.Adam } })),
        Plan("differential-isd", Leaky(new() { Rule = RuleKind.DifferentialIsd })),
        Plan("derivative-isd", Leaky(new() { Rule = RuleKind.DerivativeIsd })),
        Plan("continual-ep", Leaky(new() { Rule = RuleKind.ContinualEp })),
        Plan("paired", Leaky(new() { Rule = RuleKind.Paired })),
    ];

    private static KeyValuePair<string, NetworkPlan> Plan(string name, NetworkSettings settings) =>
        new(name, NetworkCompiler.Compile(settings, 1000));

    private static NetworkSettings Leaky(LearningSettings learning) => new()
    {
        Populations = [Input, new("hidden", Of(PopulationRole.Hidden, Hidden)), new("label", Of(PopulationRole.Output, Classes))],
        Projections =
        [
            new("in-hidden", new() { From = "in", To = "hidden" }),
            new("hidden-label", new() { From = "hidden", To = "label", Bidirectional = true }),
        ],
        Phases = Order(learning),
        Learning = learning,
        Links = Faulty,
        Clocks = new() { Jitter = 0.2, Drift = 0.1 },
    };

    private static NetworkSettings Boltzmann(LearningSettings learning) => Leaky(learning) with
    {
        Populations = [Input, new("hidden", Of(PopulationRole.Hidden, Hidden))],
        Projections = [new("in-hidden", new() { From = "in", To = "hidden", Bidirectional = true })],
        Model = new() { Kind = ModelKind.BoltzmannMachine },
    };

    private static NetworkSettings Forward(LearningSettings learning) => Leaky(learning) with
    {
        Populations = [Input, new("first", Of(PopulationRole.Hidden, Hidden)), new("second", Of(PopulationRole.Hidden, Hidden))],
        Projections =
        [
            new("in-first", new() { From = "in", To = "first" }),
            new("first-second", new() { From = "first", To = "second" }),
        ],
        Model = new() { Kind = ModelKind.ForwardForward },
        Classes = Classes,
    };

    private static KeyValuePair<string, PopulationSettings> Input => new("in", Of(PopulationRole.Input, Inputs));

    private static LinksSettings Faulty => new()
    {
        Activity = new()
        {
            Delay = new() { Law = DelayLaw.Exponential, Mean = 0.5 },
            Loss = new() { Law = LossLaw.Independent, Rate = 0.1 },
        },
    };

    private static PopulationSettings Of(PopulationRole role, int size) => new() { Role = role, Size = size };

    private static PhaseSettings Order(LearningSettings learning) => new()
    {
        Order = learning.Rule is RuleKind.Paired or RuleKind.ContinualEp ? PhaseOrder.Alternating : PhaseOrder.Bernoulli,
    };
}
