using Nudge.Models;
using Nudge.Models.EquilibriumPropagation;
using Nudge.Networks;
using Nudge.Numerics;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Plasticity.Rules;
using Nudge.Populations;
using Nudge.Testing;
using Nudge.Training;
using Nudge.Truth;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Plasticity;

/// <summary>
/// Learning by a memory of each synapse while the nudge is a sawtooth (theory §3e). Batches as long as the run hold the weights
/// still, so that their change is the sum of all updates.
/// </summary>
public sealed class MemoryKernelTests
{
    private const int Presentations = 6;
    private const double Rate = 0.01;
    private static readonly VectorExamples Examples = VectorExamples.Spread(6, 4, 3);

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void With_a_slow_fall_it_learns_the_contrast_of_a_nudged_and_a_free_state(int lanes, bool gate)
    {
        (double slope, double cosine) = Compare(Settings(threshold: 1e-3, lanes: lanes, gate: gate));
        Assert.True(slope is > 0.8 and < 1.1, $"slope {slope}");
        Assert.True(cosine > 0.97, $"cosine {cosine}");
    }

    [Fact]
    public void Without_a_threshold_rise_and_fall_cancel()
    {
        (double with, _) = Compare(Settings(threshold: 1e-3));
        (double without, _) = Compare(Settings(threshold: 0));
        Assert.True(Math.Abs(without) < 0.05 * with, $"{without} without, {with} with a threshold");
    }

    [Fact]
    public void Above_all_changes_the_threshold_lets_nothing_pass() =>
        Assert.Equal(0, Update(Settings(threshold: 1)).Norm());

    [Fact]
    public void A_phase_that_ends_before_the_nudge_teaches_nothing()
    {
        NetworkSettings settings = Settings(threshold: 1e-3);
        settings = settings with { Phases = settings.Phases with { Length = new() { Law = PhaseLengthLaw.Fixed, Mean = 200 } } };
        Assert.Equal(0, Update(settings).Norm());
    }

    [Fact]
    public void A_nudge_that_is_no_sawtooth_is_refused()
    {
        NetworkSettings settings = Settings(threshold: 0.1) with { Model = new EquilibriumPropagationSettings() };
        Assert.Contains(
            "Sawtooth", Assert.Throws<ArgumentException>(() => Prepare(settings)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(0.3, 0.1)]
    public void A_jump_passes_as_the_difference_of_two_exponentials_that_exceeds_the_threshold(double threshold, double elapsed)
    {
        const double Fast = 1;
        const double Slow = 6;
        const float Jump = 0.8f;
        var memory = new SynapseMemory(lanes: 1, units: 1, sources: 1);
        float[] post = new float[PanelMatrix.PanelRows];
        post[0] = 0.5f;
        memory.Begin(post, [1]);
        var step = new MemoryStep(
            (float)(1 - Math.Exp(-elapsed / Fast)), (float)(1 - Math.Exp(-elapsed / Slow)), (float)threshold, (float)elapsed);
        memory.Follow(post, [1], step);
        Assert.Equal(0, memory.Sums[0][0, 0], 1e-6);

        post[0] += Jump;
        double expected = 0;
        for (double time = elapsed; time < 100; time += elapsed)
        {
            memory.Follow(post, [1], step);
            double v = Jump * (Math.Exp(-time / Slow) - Math.Exp(-time / Fast));
            expected += v > threshold ? v * elapsed : 0;
        }

        Assert.Equal(expected, memory.Sums[0][0, 0], 0.01 * expected);
        Assert.True(expected > 0.5, $"the test sees nothing: {expected}");
    }

    private static NetworkSettings Settings(double threshold, int lanes = 1, bool gate = true)
    {
        var nudge = new NudgeSettings { Waveform = NudgeWaveform.Sawtooth, Start = 24, Period = 4000 };
        NetworkSettings plain = SmallNetwork.Settings(4, 8, 3, Rate) with
        {
            Lanes = lanes,
            Model = new EquilibriumPropagationSettings { Beta = 0.5, Nudge = nudge },
            Learning = new()
            {
                Rule = new MemoryKernelSettings { Slow = 10, Threshold = threshold },
                Gate = gate,
                Batch = Presentations,
            },
            Phases = new() { PerStimulus = 1, Length = new() { Law = PhaseLengthLaw.Fixed, Mean = 4030 } },
        };
        return plain.WithProjections(projection => projection with { Gain = 0.4 });
    }

    /// <summary>The update as a multiple of the exact one, and the cosine of both.</summary>
    private static (double Slope, double Cosine) Compare(NetworkSettings settings)
    {
        (VirtualEngine engine, _, NetworkPlan network) = Prepare(settings);
        GradientVector exact = ExactReferences.Of(network, NetworkWeights.Of(network, engine.Slices), Examples).Gradient;
        GradientVector update = Update(settings).Scale(1 / (Rate * Presentations));
        double cosine = update.Cosine(exact);
        return (cosine * update.Norm() / exact.Norm(), cosine);
    }

    private static GradientVector Update(NetworkSettings settings)
    {
        (VirtualEngine engine, _, NetworkPlan network) = Prepare(settings);
        GradientVector before = Parameters(network, engine);
        SmallNetwork.RunToEnd(engine);
        return Parameters(network, engine).Subtract(before);
    }

    private static (VirtualEngine Engine, TrainingSchedule Schedule, NetworkPlan Network) Prepare(NetworkSettings settings)
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
}
