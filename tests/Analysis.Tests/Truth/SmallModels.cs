using Nudge.Clocks;
using Nudge.Models.BoltzmannMachine;
using Nudge.Models.ForwardForward;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Populations;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.VirtualTime;

namespace Nudge.Analysis.Tests.Truth;

/// <summary>One small network of each model, with weights that are not at rest and examples to learn.</summary>
internal static class SmallModels
{
    public static VectorExamples Vectors { get; } = VectorExamples.Spread(6, 4, 3);

    public static VectorExamples Patterns { get; } =
        new([[1, 1, 0, 0], [1, 0, 1, 0], [1, 1, 1, 0], [0, 1, 0, 0]], [0, 0, 0, 0], 1);

    public static NetworkSettings Boltzmann(double b, double length = 16) => new()
    {
        Populations =
        [
            new("visible", new() { Role = PopulationRole.Input, Size = 4, BiasRate = 0.03 }),
            new("hidden", new() { Role = PopulationRole.Hidden, Size = 3 }),
        ],
        Projections = [new("visible-hidden", new() { From = "visible", To = "hidden", Bidirectional = true, Gain = 0.5 })],
        Time = new() { Step = 1 },
        Clocks = new() { Scope = ClockScope.Population, Jitter = 0, Stagger = true },
        Model = new BoltzmannMachineSettings { Statistic = UnitStatistic.Probability },
        Learning = new() { Rule = new BoltzmannIsdSettings() },
        Phases = Fixed(b, length, 1),
    };

    public static NetworkSettings Equilibrium(double b, string rule = "differential-isd", double length = 20)
    {
        NetworkSettings plain = SmallNetwork.Settings(4, 8, 3);
        return plain with
        {
            Projections = [.. plain.Projections.Select(pair => KeyValuePair.Create(pair.Key, pair.Value with { Gain = 0.4 }))],
            Learning = new() { Rule = NamedSettings.Rule(rule, plain.Model) },
            Phases = Fixed(b, length, 2),
        };
    }

    public static NetworkSettings ForwardForward(double b, double sharpness = 1) => new()
    {
        Populations =
        [
            new("in", new() { Role = PopulationRole.Input, Size = 4 }),
            new("low", new() { Role = PopulationRole.Hidden, Size = 6 }),
            new("high", new() { Role = PopulationRole.Hidden, Size = 5 }),
        ],
        Projections =
        [
            new("in-low", new() { From = "in", To = "low", Gain = 2 }),
            new("low-high", new() { From = "low", To = "high", Gain = 2 }),
        ],
        Clocks = new() { Scope = ClockScope.Population, Jitter = 0 },
        Model = new ForwardForwardSettings { Threshold = 0.5, LabelValue = 1, Sharpness = sharpness },
        Learning = new() { Rule = new ForwardForwardIsdSettings() },
        Phases = Fixed(b, 3, 1),
        Classes = 3,
    };

    public static NetworkSettings Helmholtz(double b) =>
        SmallHelmholtz.Settings([4, 3, 2], 1) with { Phases = Fixed(b, 10, 1) };

    /// <summary>First weights, and biases that hold the units within (0, 1).</summary>
    public static (NetworkPlan Network, NetworkWeights Weights) Begin(NetworkSettings settings, VectorExamples examples)
    {
        (VirtualEngine engine, _, NetworkPlan network) = SmallNetwork.Prepare(settings, 1000, examples);
        foreach (PopulationSlice slice in engine.Slices)
            slice.Bias?.Set([.. Enumerable.Range(0, slice.Bias.Count).Select(i => Bias(slice.Plan, i))]);
        return (network, NetworkWeights.Of(network, engine.Slices));
    }

    private static float Bias(SlicePlan slice, int unit) =>
        0.15f + (0.3f * (slice.First + unit) / slice.Population.Size);

    private static PhaseSettings Fixed(double b, double length, int perStimulus) => new()
    {
        B = b,
        PerStimulus = perStimulus,
        Length = new() { Law = PhaseLengthLaw.Fixed, Floor = 0, Mean = length },
    };
}
