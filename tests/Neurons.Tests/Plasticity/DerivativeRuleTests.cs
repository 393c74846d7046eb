using Nudge.Models;
using Nudge.Models.ContrastiveHebbian;
using Nudge.Models.EquilibriumPropagation;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Populations;
using Nudge.Testing;
using Nudge.Training;
using Nudge.Truth;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Plasticity;

/// <summary>Learning from change (theory §3b). Batches as long as the run hold the weights perfectly still meanwhile.</summary>
public sealed class DerivativeRuleTests
{
    private const int Presentations = 40;
    private static readonly VectorExamples Examples = VectorExamples.Spread(6, 4, 3);

    [Theory]
    [InlineData(true, 1, 0.5)]
    [InlineData(false, 1, 0.5)]
    [InlineData(true, 3, 0.3)]
    public void While_weights_stand_still_it_sums_to_the_differential_rule(bool gate, int lanes, double b)
    {
        NetworkSettings settings = Settings(lanes) with { Phases = new() { B = b } };
        GradientVector derivative = Update(settings with { Learning = Frozen("derivative-isd", gate) });
        GradientVector differential = Update(settings with { Learning = Frozen("differential-isd", gate) });
        double apart = derivative.Subtract(differential).Norm() / differential.Norm();
        Assert.True(differential.Norm() > 0.01, $"{differential.Norm()}");
        Assert.True(apart < 1e-3, $"apart by {apart} of the update");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Continual_equilibrium_propagation_has_the_direction_and_the_size_of_the_contrast(bool gate)
    {
        NetworkSettings settings = Settings(1) with
        {
            Model = new EquilibriumPropagationSettings { Beta = 0.5 },
            Learning = Frozen("continual-ep", gate),
            Phases = Alternating,
        };
        AssertAligned(settings, 0.95);
    }

    [Theory]
    [InlineData("paired")]
    [InlineData("differential-isd")]
    public void Nudged_both_ways_the_updates_have_the_direction_of_the_centred_contrast(string rule)
    {
        NetworkSettings settings = Settings(1) with
        {
            Model = new EquilibriumPropagationSettings { Beta = 0.2, Negative = NegativePhase.Opposed },
            Learning = Frozen(rule, gate: true),
            Phases = Alternating,
        };
        AssertAligned(settings, 0.95);
    }

    [Theory]
    [InlineData("paired")]
    [InlineData("continual-ep")]
    public void Contrastive_Hebbian_learning_has_the_direction_of_its_contrast(string rule)
    {
        NetworkSettings settings = Settings(1) with
        {
            Model = new ContrastiveHebbianSettings(),
            Learning = Frozen(rule, gate: true),
            Phases = Alternating,
        };
        AssertAligned(settings, 0.95);
    }

    [Theory]
    [InlineData("isd")]
    [InlineData("differential-isd")]
    [InlineData("paired")]
    public void Contrastive_Hebbian_learning_has_the_bits_of_equilibrium_propagation_with_a_clamped_output(string rule)
    {
        NetworkSettings settings = SmallNetwork.Settings(4, 8, 3).WithRule(rule);
        (ulong hash, float[] weights) = Run(settings with { Model = new ContrastiveHebbianSettings() });
        var clampedOutput = new EquilibriumPropagationSettings { Output = OutputDrive.Clamped };
        (ulong clampedHash, float[] clamped) = Run(settings with { Model = clampedOutput });
        Assert.Equal(clampedHash, hash);
        Assert.Equal(clamped, weights);
    }

    [Theory]
    [InlineData("paired")]
    [InlineData("continual-ep")]
    public void Coupled_learning_has_the_direction_of_its_own_contrast(string rule) => AssertAligned(
        Settings(1) with
        {
            Model = new EquilibriumPropagationSettings { Output = OutputDrive.Coupled, Beta = 0.5 },
            Learning = Frozen(rule, gate: true),
            Phases = Alternating,
        },
        0.95);

    private static PhaseSettings Alternating => new()
    {
        Order = PhaseOrder.Alternating,
        Length = new() { Law = PhaseLengthLaw.Fixed, Floor = 0, Mean = 30 },
    };

    private static LearningSettings Frozen(string rule, bool gate) =>
        new()
        {
            Rule = NamedSettings.Rule(rule, new EquilibriumPropagationSettings()),
            Gate = gate,
            Batch = 2 * Presentations,
        };

    private static NetworkSettings Settings(int lanes)
    {
        NetworkSettings plain = SmallNetwork.Settings(4, 8, 3, 0.01) with { Lanes = lanes };
        return plain.WithProjections(projection => projection with { Gain = 0.4 });
    }

    private static void AssertAligned(NetworkSettings settings, double least)
    {
        (VirtualEngine engine, _, NetworkPlan network) = Prepare(settings);
        GradientVector contrast =
            ExactReferences.Of(network, NetworkWeights.Of(network, engine.Slices), Examples).Gradient;
        GradientVector update = Update(settings);
        Assert.True(update.Norm() > 1e-4, $"{update.Norm()}");
        Assert.True(update.Cosine(contrast) > least, $"cosine {update.Cosine(contrast)}");
    }

    private static GradientVector Update(NetworkSettings settings)
    {
        (VirtualEngine engine, _, NetworkPlan network) = Prepare(settings);
        GradientVector before = Parameters(network, engine);
        SmallNetwork.RunToEnd(engine);
        return Parameters(network, engine).Subtract(before);
    }

    private static (VirtualEngine Engine, TrainingSchedule TrainingSchedule, NetworkPlan Network) Prepare(NetworkSettings settings)
    {
        var prepared = SmallNetwork.Prepare(settings, Presentations * settings.Lanes, Examples);
        foreach (PopulationSlice slice in prepared.Engine.Slices)
            slice.Bias?.Set([.. Enumerable.Range(0, slice.Plan.Count).Select(i => 0.15f + (0.3f * i / slice.Plan.Count))]);
        return prepared;
    }

    private static GradientVector Parameters(NetworkPlan network, VirtualEngine engine)
    {
        NetworkWeights weights = NetworkWeights.Of(network, engine.Slices);
        return new([.. weights.Weights.Select(Widen)], [.. weights.Biases.Select(Widen)]);

        static double[] Widen(float[] values) => [.. values.Select(value => (double)value)];
    }

    private static (ulong Hash, float[] Weights) Run(NetworkSettings settings)
    {
        (VirtualEngine engine, _, NetworkPlan network) = SmallNetwork.Prepare(settings, 60, Examples);
        SmallNetwork.RunToEnd(engine);
        return (engine.EventHash, SmallNetwork.Weights(network, engine.Slices));
    }
}
