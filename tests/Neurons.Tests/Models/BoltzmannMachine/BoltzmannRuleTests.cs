using Nudge.Models.BoltzmannMachine;
using Nudge.Networks;
using Nudge.Numerics;
using Nudge.Oracles;
using Nudge.Phases;
using Nudge.Plasticity.Rules;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.Testing;

namespace Nudge.Neurons.Tests.Models.BoltzmannMachine;

/// <summary>Single updates of a Boltzmann machine, worked out by hand (theory §2 to §5).</summary>
public sealed class BoltzmannRuleTests
{
    private const double Rate = 0.25;

    // One step of 0.25 τ in phases of 5 τ.
    private const float Share = 0.05f;
    private static readonly float[] Row = [1, 0, 1];
    private static readonly float[] Other = [0, 1, 1];

    [Fact]
    public void A_step_learns_importance_times_product_in_proportion_to_its_time()
    {
        HandDrivenMachine machine = Make(plain => plain);
        machine.Begin(Row, 2);
        machine.Visible.Step(0.25f);
        float[] before = machine.Hidden.Synapses[0].Weights.ToRowMajor();
        machine.Hidden.Receive(0, 0, machine.Visible.Send(null));
        machine.Hidden.Step(0.5f);
        Assert.Contains(machine.H, unit => unit == 1);
        AssertChange(machine.Hidden.Synapses[0].Weights, before, (i, j) => Rate * 2 * 2 * Share * machine.H[i] * Row[j]);
        for (int i = 0; i < 4; i++)
            Assert.Equal(Rate * 2 * 2 * Share * machine.H[i], machine.Hidden.Bias.Values[i], 1e-6);
    }

    [Fact]
    public void The_inverse_temperature_is_a_factor_on_the_update()
    {
        HandDrivenMachine machine = Make(plain => plain, inverseTemperature: 3);
        machine.Begin(Row, -2);
        float[] before = machine.Hidden.Synapses[0].Weights.ToRowMajor();
        machine.Sweep();
        AssertChange(machine.Hidden.Synapses[0].Weights, before, (i, j) => -2 * 3 * Rate * Share * machine.H[i] * Row[j]);
    }

    [Fact]
    public void Learning_uses_the_very_activity_that_was_sampled_from()
    {
        HandDrivenMachine machine = Make(plain => plain.WithMachine(model => model with { Statistic = UnitStatistic.Probability }));
        machine.Begin(Row, 2);
        machine.Sweep();
        SynapticSlice hidden = machine.Hidden;
        float[] before = hidden.Synapses[0].Weights.ToRowMajor();
        float[] bias = hidden.Bias.Values[..4].ToArray();

        // A message that arrives between two steps changes nothing until it has been sampled from.
        hidden.Receive(0, 0, Message(machine, Other, sequence: 50, hidden.Tag));
        Assert.Equal(before, hidden.Synapses[0].Weights.ToRowMajor());
        hidden.Step(0.25f);
        AssertChange(
            hidden.Synapses[0].Weights,
            before,
            (i, j) => 2 * Rate * Share * Probability(before, bias, Other, i) * Other[j]);
    }

    [Fact]
    public void At_the_end_of_a_phase_it_samples_again_from_what_has_arrived_since()
    {
        HandDrivenMachine machine = Make(plain => plain.WithMachine(model => model with { Statistic = UnitStatistic.Probability }) with
        {
            Learning = new() { Rule = new BoltzmannIsdSettings(), Tags = TagTransport.Broadcast, Gate = false },
        });
        var first = new PhaseTag(new(0, 1), 1, [2]);
        machine.Hidden.Receive(new PhaseSignal(first));
        machine.Hidden.Receive(0, 0, Message(machine, Row, 1, first));
        machine.Hidden.Step(0.25f);
        float[] before = machine.Hidden.Synapses[0].Weights.ToRowMajor();

        machine.Hidden.Receive(0, 0, Message(machine, Other, 2, first));
        machine.Hidden.Receive(new PhaseSignal(new PhaseTag(new(0, 2), 2, [-2])));
        machine.Hidden.Step(0.25f);
        AssertChange(
            machine.Hidden.Synapses[0].Weights,
            before,
            (i, j) => 2 * Rate * Probability(before, new float[4], Other, i) * Other[j]);
    }

    [Fact]
    public void At_the_end_of_a_clamped_phase_visible_units_learn_with_what_they_were_clamped_to()
    {
        HandDrivenMachine machine = Make(plain => plain.WithIsd(rule => rule with { Timing = UpdateTiming.PhaseEnd }));
        machine.Begin(Row, 2);
        machine.Sweep();
        machine.Sweep();
        float[] before = machine.Visible.Synapses[0].Weights.ToRowMajor();
        float[] received = machine.H;
        // The very message that ends the phase frees the units for the next one.
        machine.Begin(null, -2);
        machine.Visible.Step(0.25f);
        AssertChange(machine.Visible.Synapses[0].Weights, before, (j, i) => 2 * Rate * Row[j] * received[i]);
    }

    [Fact]
    public void A_clamped_population_learns_only_once_activity_sampled_from_this_clamp_has_come_back()
    {
        HandDrivenMachine machine = Make(plain => plain);
        machine.Begin(Row, 2);
        machine.Sweep();
        machine.Sweep();
        Assert.True(machine.Visible.Learned.Positive > 0);

        machine.Hidden.Step(0.25f);
        machine.Begin(Other, 2);
        ActivitySignal old = machine.Hidden.Send(null);
        long learned = machine.Visible.Learned.Positive;
        float[] before = machine.Visible.Synapses[0].Weights.ToRowMajor();
        machine.Visible.Receive(0, 0, old);
        machine.Visible.Step(0.25f);
        machine.Visible.Step(0.25f);
        Assert.Equal(learned, machine.Visible.Learned.Positive);
        Assert.True(machine.Visible.Learned.Gated >= 2);
        Assert.Equal(before, machine.Visible.Synapses[0].Weights.ToRowMajor());

        machine.Hidden.Receive(0, 0, machine.Visible.Send(null));
        machine.Hidden.Step(0.25f);
        machine.Visible.Receive(0, 0, machine.Hidden.Send(null));
        machine.Visible.Step(0.25f);
        Assert.Equal(learned + 1, machine.Visible.Learned.Positive);
    }

    /// <summary>
    /// A hidden population that receives a phase separately must not confirm a clamp that it has not received.
    /// </summary>
    [Fact]
    public void Also_with_broadcast_tags_a_clamp_learns_only_from_activity_that_was_sampled_from_it()
    {
        HandDrivenMachine machine = Make(plain => plain with { Learning = plain.Learning with { Tags = TagTransport.Broadcast } });
        Announce(machine, 1, Row);
        machine.Sweep();
        machine.Sweep();
        machine.Sweep();
        Assert.True(machine.Visible.Learned.Positive > 0);
        long learned = machine.Visible.Learned.Positive;

        Announce(machine, 2, Other);
        machine.Hidden.Step(0.25f);
        machine.Visible.Receive(0, 0, machine.Hidden.Send(null));
        machine.Visible.Step(0.25f);
        Assert.Equal(learned, machine.Visible.Learned.Positive);
    }

    [Fact]
    public void Visible_units_have_biases_only_where_they_are_given_a_rate()
    {
        HandDrivenMachine plain = Make(plain => plain);
        HandDrivenMachine biased = Make(plain => plain, visibleBiasRate: Rate);
        foreach (HandDrivenMachine machine in (HandDrivenMachine[])[plain, biased])
        {
            machine.Begin(Row, 2);
            for (int sweep = 0; sweep < 5; sweep++)
                machine.Sweep();
            Assert.Contains(machine.Hidden.Bias.Values.ToArray(), value => value != 0);
        }

        Assert.All(plain.Visible.Bias.Values.ToArray(), value => Assert.Equal(0, value));
        Assert.True(biased.Visible.Bias.Values[0] > 0);
        Assert.Equal(0, biased.Visible.Bias.Values[1]);
    }

    [Fact]
    public void Without_visible_biases_only_the_visible_end_is_taken_relative_to_its_mean()
    {
        HandDrivenMachine machine = Make(plain => plain.WithIsd(rule => rule with { Centring = 1e-9 }));
        machine.Begin(Row, 2);
        machine.Visible.Step(0.25f);
        float[] before = machine.Hidden.Synapses[0].Weights.ToRowMajor();
        machine.Hidden.Receive(0, 0, machine.Visible.Send(null));
        machine.Hidden.Step(0.25f);
        double factor = 2 * Rate * Share;
        AssertChange(machine.Hidden.Synapses[0].Weights, before, (i, j) => factor * machine.H[i] * (Row[j] - YoungMean(Row[j])));
        double gained = Row.Sum(v => (v - YoungMean(v)) * YoungMean(v));
        for (int i = 0; i < 4; i++)
            Assert.Equal(factor * machine.H[i] * (1 - gained), machine.Hidden.Bias.Values[i], 1e-6);
    }

    // A mean begins at ½ with the weight of one step.
    private static double YoungMean(double first) => (0.5 + first) / 2;

    [Fact]
    public void With_visible_biases_both_ends_are_taken_relative_to_their_means()
    {
        HandDrivenMachine machine = Make(plain => plain.WithIsd(rule => rule with { Centring = 1e-9 }), visibleBiasRate: Rate);
        machine.Begin(Row, 2);
        machine.Visible.Step(0.25f);
        float[] before = machine.Hidden.Synapses[0].Weights.ToRowMajor();
        machine.Hidden.Receive(0, 0, machine.Visible.Send(null));
        machine.Hidden.Step(0.25f);
        double factor = 2 * Rate * Share;
        AssertChange(
            machine.Hidden.Synapses[0].Weights,
            before,
            (i, j) => factor * (machine.H[i] - YoungMean(machine.H[i])) * (Row[j] - YoungMean(Row[j])));
        double gained = Row.Sum(v => (v - YoungMean(v)) * YoungMean(v));
        for (int i = 0; i < 4; i++)
        {
            double expected = factor * (machine.H[i] - ((machine.H[i] - YoungMean(machine.H[i])) * gained));
            Assert.Equal(expected, machine.Hidden.Bias.Values[i], 1e-6);
        }
    }

    /// <summary>
    /// The mean of centred updates, with g = ±2 by turns, is the exact gradient of a machine whose units are counted from
    /// their means: of the same fixed points as the plain one, since it is a linear map of it.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_mean_centred_update_is_the_exact_gradient_in_centred_units(bool visibleBiases)
    {
        BoltzmannParameters exact = SmallMachine.Spread(3, 4, 1);
        if (!visibleBiases)
            exact = exact with { VisibleBias = new double[3] };
        const double Tiny = 1e-4;
        HandDrivenMachine machine = Make(
            plain => plain.WithIsd(rule => rule with { Centring = 1e-9 }), visibleBiasRate: visibleBiases ? Tiny : 0, rate: Tiny);
        machine.Set(exact);
        float[] before = machine.Hidden.Synapses[0].Weights.ToRowMajor();
        const int Phases = 1200;
        const int Steps = 40;
        for (int phase = 0; phase < Phases; phase++)
        {
            bool positive = phase % 2 == 0;
            machine.Begin(positive ? (phase % 4 == 0 ? Row : Other) : null, positive ? 2 : -2);
            for (int step = 0; step < Steps; step++)
                machine.Sweep();
        }

        BoltzmannStatistics gradient = ExactBoltzmann.Gradient(exact, [Row, Other]);
        // Half of the phases are clamped and half are free, and the means go over both.
        BoltzmannStatistics data = ExactBoltzmann.DataStatistics(exact, [Row, Other]);
        BoltzmannStatistics model = ExactBoltzmann.ModelStatistics(exact);
        double VisibleMean(int j) => (data.Visible[j] + model.Visible[j]) / 2;
        double HiddenMean(int i) => visibleBiases ? (data.Hidden[i] + model.Hidden[i]) / 2 : 0;
        double[] expected =
        [
            .. gradient.Products.Select((product, place) => product
                - (VisibleMean(place % 3) * gradient.Hidden[place / 3])
                - (HiddenMean(place / 3) * gradient.Visible[place % 3])),
        ];
        float[] after = machine.Hidden.Synapses[0].Weights.ToRowMajor();
        double[] update =
        [
            // Half of the phases are positive, each with g = 2.
            .. after.Zip(before, (a, b) => (a - b) / (Tiny * Share * Phases * Steps)),
        ];
        double cosine = TwoLayerEquilibrium.Cosine(update, expected);
        double length = update.Zip(expected, (u, e) => u * e).Sum() / expected.Sum(e => e * e);
        Assert.True(cosine > 0.98, $"cosine {cosine}");
        Assert.InRange(length, 0.9, 1.1);
    }

    [Fact]
    public void Couplings_stay_symmetric_and_without_a_diagonal_while_they_learn()
    {
        var continuous = new BoltzmannIsdSettings { Timing = UpdateTiming.Continuous };
        foreach (LearningSettings learning in (LearningSettings[])
            [
                new() { Rule = continuous },
                new() { Rule = continuous, Decay = 1e-3 },
                new() { Rule = new BoltzmannIsdSettings(), Batch = 3 },
                new() { Rule = continuous with { Sparsity = new() { Cost = 0.5 } } },
                new() { Rule = new DifferentialIsdSettings() },
            ])
        {
            var machine = new HandDrivenMachine(SmallMachine.Settings(3, 6, Rate, coupled: true) with { Learning = learning });
            float[] before = machine.Hidden.Synapses[1].Weights.ToRowMajor();
            for (int phase = 0; phase < 30; phase++)
            {
                machine.Begin(phase % 3 == 0 ? Row : null, phase % 3 == 0 ? 2 : -2, phase / 2);
                for (int step = 0; step < 5; step++)
                    machine.Sweep();
            }

            PanelMatrix couplings = machine.Hidden.Synapses[1].Weights;
            Assert.NotEqual(before, couplings.ToRowMajor());
            for (int i = 0; i < 6; i++)
            {
                Assert.Equal(0, couplings[i, i]);
                for (int k = 0; k < i; k++)
                    Assert.True(couplings[i, k] == couplings[k, i], $"{learning}: {couplings[i, k]} and {couplings[k, i]}");
            }
        }
    }

    [Fact]
    public void Sparsity_pulls_the_mean_activity_of_hidden_units_to_its_target()
    {
        double Mean(double cost)
        {
            HandDrivenMachine machine = Make(
                plain => plain.WithIsd(
                    rule => rule with { Sparsity = new() { Cost = cost, Target = 0.1, Memory = 0.02 } }));
            double sum = 0;
            for (int phase = 0; phase < 400; phase++)
            {
                // Signs that cancel leave the activity alone but for the pull.
                machine.Begin(phase % 4 < 2 ? Row : Other, phase % 2 == 0 ? 2 : -2);
                for (int step = 0; step < 20; step++)
                {
                    machine.Sweep();
                    sum += phase < 200 ? 0 : machine.H.Average() / 4000;
                }
            }

            return sum;
        }

        Assert.InRange(Mean(5), 0.05, 0.16);
        Assert.InRange(Mean(0), 0.25, 0.75);
    }

    /// <summary>With alternating phases it is CD-k: the data first, then k steps of freedom (Hinton 2002).</summary>
    [Fact]
    public void Paired_phases_learn_the_difference_of_data_and_freedom_with_the_data_first()
    {
        HandDrivenMachine machine = Make(plain =>
            plain.WithRule("paired").WithMachine(model => model with { Statistic = UnitStatistic.Probability }));
        float[] before = machine.Hidden.Synapses[0].Weights.ToRowMajor();
        machine.Begin(Row, 1, stimulus: 7);
        machine.Sweep();
        machine.Begin(null, -1, stimulus: 7);
        machine.Sweep();
        machine.Sweep();
        Assert.Equal(before, machine.Hidden.Synapses[0].Weights.ToRowMajor());
        float[] free = machine.V;
        machine.Begin(Other, 1, stimulus: 8);
        machine.Sweep();
        AssertChange(
            machine.Hidden.Synapses[0].Weights,
            before,
            (i, j) => Rate * ((Probability(before, new float[4], Row, i) * Row[j])
                - (Probability(before, new float[4], free, i) * free[j])));
    }

    private static HandDrivenMachine Make(
        Func<NetworkSettings, NetworkSettings> change,
        double visibleBiasRate = 0,
        double inverseTemperature = 1,
        double rate = Rate)
    {
        NetworkSettings plain = SmallMachine.Settings(3, 4, rate);
        NetworkSettings settings =
            change(plain).WithMachine(model => model with { InverseTemperature = inverseTemperature });
        return new(settings.WithVisibleBiases(visibleBiasRate));
    }

    private static void Announce(HandDrivenMachine machine, long phase, float[] row)
    {
        var tag = new PhaseTag(new(0, phase), phase, [2]);
        machine.Visible.Receive(new PhaseSignal(tag));
        machine.Hidden.Receive(new PhaseSignal(tag));
        machine.Visible.Receive(new NudgeSignal(tag, row, new[] { float.PositiveInfinity }));
    }

    private static ActivitySignal Message(HandDrivenMachine machine, float[] values, long sequence, PhaseTag tag) =>
        new(machine.Visible.Plan.Index, 0, sequence, tag, tag.Phase, tag.Phase, ActivityFrame.Of(values));

    private static double Probability(float[] weights, float[] bias, float[] row, int unit)
    {
        double drive = bias[unit];
        for (int j = 0; j < row.Length; j++)
            drive += weights[(unit * row.Length) + j] * row[j];
        return 1 / (1 + Math.Exp(-drive));
    }

    private static void AssertChange(PanelMatrix weights, float[] before, Func<int, int, double> expected)
    {
        for (int i = 0; i < weights.Rows; i++)
        {
            for (int j = 0; j < weights.Columns; j++)
                Assert.Equal(expected(i, j), weights[i, j] - before[(i * weights.Columns) + j], 1e-6);
        }
    }
}
