using Nudge.Links;
using Nudge.Models;
using Nudge.Models.EquilibriumPropagation;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.Truth;
using Nudge.VirtualTime;

namespace Nudge.Analysis.Tests.Truth;

/// <summary>The truth meter against exact gradients, and against planted faults that it must see.</summary>
public sealed class TruthMeterTests
{
    private const int Errors = 4;

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public void A_Boltzmann_machine_learns_the_gradient_of_the_likelihood_for_every_b(double b) =>
        AssertUnbiased(Read(SmallModels.Boltzmann(b), SmallModels.Patterns, 20_000));

    [Fact]
    public void Antithetic_lanes_learn_the_gradient_with_less_noise_than_independent_ones()
    {
        NetworkSettings settings = SmallModels.Equilibrium(0.5, "isd") with { Lanes = 4 };
        TruthReading Reading(PhaseOrder order) => Read(
            settings with { Phases = settings.Phases with { Order = order, PerStimulus = 1 } }, SmallModels.Vectors, 6000);
        TruthReading independent = Reading(PhaseOrder.Bernoulli);
        TruthReading antithetic = Reading(PhaseOrder.Antithetic);
        AssertUnbiased(antithetic);
        Assert.True(antithetic.All.Variance < 0.5 * independent.All.Variance, $"{antithetic.All} against {independent.All}");
    }

    [Fact]
    public void A_stimulus_in_both_of_two_antithetic_lanes_leaves_little_but_the_contrast()
    {
        NetworkSettings settings = SmallModels.Equilibrium(0.5, "isd") with { Lanes = 4 };
        TruthReading reading = Read(
            settings with { Phases = settings.Phases with { Order = PhaseOrder.Antithetic, PerStimulus = 1, LanesPerStimulus = 2 } },
            SmallModels.Vectors,
            1000);
        AssertUnbiased(reading);
        Assert.True(reading.All.Cosine > 0.98, $"{reading.All}");
    }

    [Fact]
    public void Chains_that_never_restart_learn_the_gradient_of_the_likelihood()
    {
        NetworkSettings plain = SmallModels.Boltzmann(0.5, 3);
        NetworkSettings settings = plain with
        {
            Lanes = 8,
            Projections = [.. plain.Projections.Select(pair => KeyValuePair.Create(pair.Key, pair.Value with { Gain = 3 }))],
        };
        NetworkSettings With(PhaseOrder order) => settings with { Phases = settings.Phases with { Order = order } };
        TruthReading persistent = Read(With(PhaseOrder.ByLane), SmallModels.Patterns, 20_000);
        AssertUnbiased(persistent);
        // Chains of three steps from the data are far from free, which is what persistence cures.
        TruthReading restarted = Read(With(PhaseOrder.Bernoulli), SmallModels.Patterns, 20_000);
        Assert.True(restarted.All.Bias > Errors * restarted.All.BiasError, $"{restarted.All}");
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public void Differential_updates_are_the_contrast_for_every_b(double b)
    {
        TruthReading reading = Read(SmallModels.Equilibrium(b), SmallModels.Vectors, 4000);
        AssertUnbiased(reading);
        Assert.True(reading.All.Cosine > 0.97, $"cosine {reading.All.Cosine}");
        Assert.True(reading.CostCosine > 0.5, $"cosine with the cost {reading.CostCosine}");
    }

    /// <summary>
    /// Weights so strong that the loop of forward and backward weights holds on to a state, or takes long to leave one: what
    /// a trained network has. Damped feedback keeps the estimate right (theory §4).
    /// </summary>
    [Fact]
    public void With_strong_weights_damped_feedback_keeps_the_slope_at_one_and_full_feedback_does_not()
    {
        TruthReading full = Read(Strong(1), SmallModels.Vectors, 6000);
        Assert.True(full.All.Slope + (Errors * full.All.SlopeError) < 0.8, $"full feedback: {full.All}");
        TruthReading damped = Read(Strong(0.2), SmallModels.Vectors, 6000);
        Assert.Equal(1, damped.All.Slope, 0.1);
        Assert.True(damped.All.Cosine > 0.97, $"damped feedback: {damped.All}");

        static NetworkSettings Strong(double feedback)
        {
            NetworkSettings plain = SmallModels.Equilibrium(0.5);
            return plain with
            {
                Projections =
                [
                    .. plain.Projections.Select(pair => KeyValuePair.Create(
                        pair.Key, pair.Value with { Gain = pair.Value.Bidirectional ? 1.6 : 0.4 })),
                ],
                Model = new EquilibriumPropagationSettings { Feedback = feedback },
                Phases = new() { B = 0.5, PerStimulus = 2, Length = new() { Law = PhaseLengthLaw.Fixed, Mean = 12 } },
            };
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void A_slowly_oscillating_nudge_is_read_as_its_exact_Fourier_coefficient(double loss)
    {
        NetworkSettings plain = SmallModels.Equilibrium(0.5, "oscillation", length: 180);
        TruthReading reading = Read(
            plain with
            {
                Model = new EquilibriumPropagationSettings
                {
                    Beta = 0.3,
                    Nudge = new() { Waveform = NudgeWaveform.Oscillating, Start = 16, Period = 160 },
                },
                Links = new() { Activity = new() { Loss = new IndependentLoss { Rate = loss } } },
            },
            SmallModels.Vectors,
            600);
        Assert.Equal(1, reading.All.Slope, 0.05);
        Assert.True(reading.All.Cosine > 0.99, $"{reading.All}");
        // It varies with the stimulus alone, where a drawn sign would add its own variance.
        Assert.True(reading.All.SignalToNoise > 0.3, $"{reading.All}");
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public void Forward_Forward_learns_its_layer_gradients_for_every_b(double b) =>
        AssertUnbiased(Read(SmallModels.ForwardForward(b), SmallModels.Vectors, 20_000));

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public void A_Helmholtz_machine_learns_log_p_in_wake_and_log_q_in_sleep_for_every_b(double b)
    {
        TruthReading reading = Read(SmallModels.Helmholtz(b), SmallModels.Patterns, 40_000);
        AssertUnbiased(reading);
        Assert.True(reading.All.Cosine > 0.99, $"{reading.All}");
    }

    /// <summary>
    /// A gate that opens only for samples that belong together leaves their distribution as it is: it costs updates, and since wake and
    /// sleep teach different synapses, it turns none of them (theory §3c).
    /// </summary>
    [Fact]
    public void Behind_late_and_lossy_links_the_gate_keeps_the_direction_of_wake_sleep()
    {
        // Weights so strong that samples which do not belong together are seen.
        NetworkSettings plain = SmallModels.Helmholtz(0.5).WithProjections(projection => projection with { Gain = 10 });
        NetworkSettings faulty = plain with
        {
            Links = new()
            {
                Activity = new() { Delay = new ExponentialDelay { Mean = 3 }, Loss = new IndependentLoss { Rate = 0.2 } },
            },
        };
        TruthReading gated = Read(faulty, SmallModels.Patterns, 40_000);
        TruthReading open = Read(faulty with { Learning = plain.Learning with { Gate = false } }, SmallModels.Patterns, 40_000);
        // Biases of both kinds are one part, of which the gate lets through unequal shares.
        foreach ((string part, TruthFigures figures) in gated.Parts.Where(one => one.Key.StartsWith("between", StringComparison.Ordinal)))
        {
            Assert.True(figures.Cosine > 0.9998, $"{part}: {figures}");
            Assert.True(figures.Slope is > 0.2 and < 1, $"{part}: {figures}");
        }

        TruthFigures lowest = open.Parts["between-0.forward"];
        Assert.True(lowest.Cosine < 0.999, $"{lowest}");
        Assert.True(lowest.Bias > Errors * lowest.BiasError, $"{lowest}");
    }

    [Fact]
    public void A_sharp_layer_learns_the_gradient_of_its_sharp_loss() =>
        AssertUnbiased(Read(SmallModels.ForwardForward(0.5, sharpness: 6), SmallModels.Vectors, 20_000));

    [Fact]
    public void A_planted_wrong_sign_is_seen()
    {
        TruthReading reading =
            Read(SmallModels.Equilibrium(0.5), SmallModels.Vectors, 2000, AlteredImportance.Of(g => -g));
        Assert.True(reading.All.Slope + (Errors * reading.All.SlopeError) < 0, $"{reading.All}");
        Assert.True(reading.All.Cosine < -0.9, $"{reading.All}");
    }

    [Fact]
    public void An_importance_of_one_over_the_bit_drawn_is_seen()
    {
        TruthReading reading =
            Read(SmallModels.ForwardForward(0.2), SmallModels.Vectors, 20_000, AlteredImportance.Of(g => Math.Sign(g)));
        Assert.True(reading.All.Bias > Errors * reading.All.BiasError, $"{reading.All}");
    }

    [Fact]
    public void Delay_and_loss_without_the_gate_give_a_visible_bias()
    {
        NetworkSettings plain = SmallModels.Equilibrium(0.5, length: 6);
        TruthReading ideal = Read(plain, SmallModels.Vectors, 4000);
        TruthReading faulty = Read(
            plain with
            {
                Links = new()
                {
                    Activity = new()
                    {
                        Delay = new ExponentialDelay { Mean = 6 },
                        Loss = new IndependentLoss { Rate = 0.3 },
                    },
                },
                Learning = plain.Learning with { Gate = false },
            },
            SmallModels.Vectors,
            8000);
        Assert.True(faulty.All.Bias > Errors * faulty.All.BiasError, $"{faulty.All}");
        Assert.True(faulty.All.Bias > 2 * ideal.All.Bias, $"{faulty.All} against {ideal.All}");
    }

    [Fact]
    public void Importance_gives_the_power_of_the_statistic_in_each_polarity()
    {
        (NetworkPlan network, NetworkWeights weights) =
            SmallModels.Begin(SmallModels.Boltzmann(0.5), SmallModels.Patterns);
        UpdateStatistics seen = new UpdateProbe(network, weights, SmallModels.Patterns).Run(4000);
        // 1/b is 2 for both: E‖u‖² = 4 E‖φ‖².
        double squares = seen.Projections.Values.Sum(one => one.StatisticSquares(true) + one.StatisticSquares(false));
        double updates = seen.Projections.Values.Sum(one => one.SecondMoment);
        Assert.Equal(updates, 4 * squares / seen.Phases, 1e-9);
    }

    [Fact]
    public void A_probe_leaves_the_run_as_it_was()
    {
        NetworkSettings settings = SmallModels.Equilibrium(0.5) with { Links = SmallNetwork.Faulty };
        (VirtualEngine plain, _, NetworkPlan network) = SmallNetwork.Prepare(settings, 60, SmallModels.Vectors);
        (VirtualEngine probed, _, _) = SmallNetwork.Prepare(settings, 60, SmallModels.Vectors);
        for (int phase = 0; phase < 100; phase++)
        {
            plain.RunPhase();
            probed.RunPhase();
            if (phase % 40 == 0)
                TruthMeter.Read(network, NetworkWeights.Of(network, probed.Slices), SmallModels.Vectors, 20);
        }

        Assert.Equal(plain.EventHash, probed.EventHash);
        Assert.Equal(SmallNetwork.Weights(network, plain.Slices), SmallNetwork.Weights(network, probed.Slices));
    }

    [Fact]
    public void A_cut_into_slices_is_measured_like_the_whole()
    {
        NetworkSettings whole = SmallModels.Equilibrium(0.5);
        TruthReading one = Read(whole, SmallModels.Vectors, 400);
        TruthReading cut = Read(whole with { Granularity = new(GranularityKind.Slice, 3) }, SmallModels.Vectors, 400);
        Assert.Equal(one.All.Slope, cut.All.Slope, 1e-9);
        Assert.Equal(one.All.Variance, cut.All.Variance, 1e-9);
    }

    [Fact]
    public void A_machine_too_large_to_enumerate_says_so()
    {
        NetworkSettings small = SmallModels.Boltzmann(0.5);
        NetworkSettings large = small with
        {
            Populations =
            [
                new("visible", new() { Role = PopulationRole.Input, Size = 30 }),
                new("hidden", new() { Role = PopulationRole.Hidden, Size = 30 }),
            ],
        };
        var examples = new VectorExamples([new float[30]], [0], 1);
        Assert.Throws<OracleTooLargeException>(() => Read(large, examples, 20));
    }

    private static TruthReading Read(NetworkSettings settings, VectorExamples examples, long phases, RuleMaker? rules = null)
    {
        (NetworkPlan network, NetworkWeights weights) = SmallModels.Begin(settings, examples);
        return TruthMeter.Read(network, weights, examples, phases, rules);
    }

    private static void AssertUnbiased(TruthReading reading)
    {
        Assert.True(reading.All.SlopeError < 0.2, $"the test sees nothing: {reading.All}");
        Assert.True(Math.Abs(reading.All.Slope - 1) < Errors * reading.All.SlopeError, string.Join("\n", reading.Parts));
        Assert.True(reading.All.Bias < Errors * reading.All.BiasError, $"{reading.All}");
    }
}
