using Nudge.Links;
using Nudge.Models;
using Nudge.Models.EquilibriumPropagation;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Plasticity.Rules;
using Nudge.Populations;
using Nudge.Testing;
using Nudge.Training;
using Nudge.Truth;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Plasticity;

/// <summary>
/// Learning from an oscillating nudge (theory §3e). Batches as long as the run hold the weights still, so that their change is
/// the sum of all updates.
/// </summary>
public sealed class OscillationTests
{
    private const int Presentations = 24;
    private const double Rate = 0.01;
    private static readonly VectorExamples Examples = VectorExamples.Spread(6, 4, 3);

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public void With_a_slow_oscillation_it_learns_the_exact_Fourier_coefficient(int lanes, bool gate)
    {
        (double slope, double cosine) = Compare(Settings(period: 200, lanes: lanes, gate: gate));
        Assert.Equal(1, slope, 0.02);
        Assert.True(cosine > 0.999, $"cosine {cosine}");
    }

    [Fact]
    public void Irregular_clocks_add_nothing_since_what_stands_still_cancels()
    {
        (double slope, double cosine) = Compare(Settings(period: 200) with { Clocks = new() { Jitter = 0.5 } });
        Assert.Equal(1, slope, 0.03);
        Assert.True(cosine > 0.99, $"cosine {cosine}");
    }

    [Fact]
    public void Without_a_lag_of_its_own_a_fast_oscillation_is_read_too_early()
    {
        (double late, double cosine) = Compare(Settings(period: 12, lag: 1));
        (double early, _) = Compare(Settings(period: 12, lag: 0));
        Assert.True(cosine > 0.95, $"cosine {cosine}");
        Assert.True(early < late - 0.1, $"{early} without, {late} with the lag");
    }

    [Fact]
    public void A_delay_costs_what_it_shifts()
    {
        // What comes back to a unit is late by the delay there and back, in units of a period of 40.
        NetworkSettings delayed = Settings(period: 40) with
        {
            Links = new() { Activity = new() { Delay = new ConstantDelay { Mean = 5 } } },
        };
        (double ideal, _) = Compare(Settings(period: 40));
        (double slope, _) = Compare(delayed);
        Assert.True(slope < ideal - 0.1, $"{slope} with a delay, {ideal} without");
    }

    [Fact]
    public void It_learns_once_in_each_period_and_reads_no_importance()
    {
        NetworkSettings settings = Settings(period: 20, periods: 3);
        (VirtualEngine engine, TrainingSchedule schedule, NetworkPlan network) = Prepare(settings);
        engine.RunPhase();
        Assert.Equal(1f, schedule.Present!.Importance[0]);
        SmallNetwork.RunToEnd(engine);
        LearningTally learned = engine.Slices[1].Learned;
        Assert.Equal(3 * Presentations, learned.Positive);
        Assert.Equal(0, learned.Negative);
        Assert.Equal(3.0 * Presentations, network.ExpectedUpdates);
        Assert.Equal(3 * Presentations, engine.Slices[1].Synapses[0].Rate.Updates);
    }

    [Fact]
    public void A_period_that_the_phase_cuts_short_teaches_nothing()
    {
        NetworkSettings settings = Settings(period: 40);
        settings = settings with { Phases = settings.Phases with { Length = new() { Law = PhaseLengthLaw.Fixed, Mean = 30 } } };
        Assert.Equal(0, Update(settings).Norm());
    }

    [Fact]
    public void A_constant_nudge_is_refused()
    {
        NetworkSettings settings = Settings(period: 40) with { Model = new EquilibriumPropagationSettings() };
        Assert.Contains(
            "Oscillating", Assert.Throws<ArgumentException>(() => Prepare(settings)).Message, StringComparison.Ordinal);
    }

    private static NetworkSettings Settings(
        double period, int lanes = 1, bool gate = true, double lag = 1, int periods = 1)
    {
        var nudge = new NudgeSettings { Waveform = NudgeWaveform.Oscillating, Start = 20, Period = period, Periods = periods };
        NetworkSettings plain = SmallNetwork.Settings(4, 8, 3, Rate) with
        {
            Lanes = lanes,
            Model = new EquilibriumPropagationSettings { Beta = 0.2, Nudge = nudge },
            Learning = new() { Rule = new OscillationSettings { Lag = lag }, Gate = gate, Batch = Presentations },
            Phases = new()
            {
                PerStimulus = 1,
                Length = new() { Law = PhaseLengthLaw.Fixed, Mean = 20 + (periods * period) + 4 },
            },
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
