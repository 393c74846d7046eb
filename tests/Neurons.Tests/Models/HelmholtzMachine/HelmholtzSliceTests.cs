using Nudge.Models.HelmholtzMachine;
using Nudge.Numerics;

namespace Nudge.Neurons.Tests.Models.HelmholtzMachine;

/// <summary>What one Helmholtz machine of two slices does, message by message.</summary>
public sealed class HelmholtzSliceTests
{
    private static readonly float[] Row = [1, 0, 1, 1];

    [Fact]
    public void In_wake_the_input_is_clamped_and_generative_synapses_learn_the_delta_rule()
    {
        var machine = Begun(2);
        float[] before = machine.Weights(machine.Input);
        float[] recognition = machine.Weights(machine.Hidden);
        float[] bias = [.. machine.Input.Bias.Own];
        float[] hidden = HandDrivenHelmholtz.ActivityOf(machine.Hidden);
        Assert.Equal(Row, HandDrivenHelmholtz.ActivityOf(machine.Input));
        EndPhase(machine);

        float[] after = machine.Weights(machine.Input);
        for (int i = 0; i < Row.Length; i++)
        {
            float field = bias[i];
            for (int j = 0; j < hidden.Length; j++)
                field += before[(i * hidden.Length) + j] * hidden[j];
            float change = 2 * (Row[i] - FloatFunctions.Sigmoid(field));
            Assert.Equal(change, machine.Input.Bias.Own[i] - bias[i], 1e-5f);
            for (int j = 0; j < hidden.Length; j++)
                Assert.Equal(change * hidden[j], after[(i * hidden.Length) + j] - before[(i * hidden.Length) + j], 1e-5f);
        }

        Assert.Contains(hidden, value => value == 1);
        Assert.Equal(recognition, machine.Weights(machine.Hidden));
    }

    [Fact]
    public void In_sleep_the_input_is_generated_and_recognition_synapses_learn_the_delta_rule()
    {
        var machine = Begun(-4);
        float[] before = machine.Weights(machine.Hidden);
        float[] generative = machine.Weights(machine.Input);
        float[] biases = [.. machine.Hidden.Bias.Own];
        float[] visible = HandDrivenHelmholtz.ActivityOf(machine.Input);
        float[] hidden = HandDrivenHelmholtz.ActivityOf(machine.Hidden);
        EndPhase(machine);

        float[] after = machine.Weights(machine.Hidden);
        for (int i = 0; i < hidden.Length; i++)
        {
            float field = biases[(2 * i) + HelmholtzMachineModel.RecognitionBias];
            for (int j = 0; j < visible.Length; j++)
                field += before[(i * visible.Length) + j] * visible[j];
            float change = 4 * (hidden[i] - FloatFunctions.Sigmoid(field));
            int own = (2 * i) + HelmholtzMachineModel.RecognitionBias;
            Assert.Equal(change, machine.Hidden.Bias.Own[own] - biases[own], 1e-5f);
            Assert.Equal(biases[own - 1], machine.Hidden.Bias.Own[own - 1]);
            for (int j = 0; j < visible.Length; j++)
                Assert.Equal(change * visible[j], after[(i * visible.Length) + j] - before[(i * visible.Length) + j], 1e-5f);
        }

        Assert.Contains(visible, value => value == 1);
        Assert.Equal(generative, machine.Weights(machine.Input));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public void A_sample_stays_for_its_phase_and_the_next_phase_draws_another(float importance)
    {
        var machine = new HandDrivenHelmholtz(4, 40);
        var seen = new HashSet<string>();
        for (int phase = 0; phase < 6; phase++)
        {
            machine.Begin(Row, importance);
            machine.Up();
            machine.Down();
            string sample = string.Concat(HandDrivenHelmholtz.ActivityOf(machine.Hidden));
            for (int step = 0; step < 4; step++)
            {
                machine.Up();
                machine.Down();
                Assert.Equal(sample, string.Concat(HandDrivenHelmholtz.ActivityOf(machine.Hidden)));
            }

            seen.Add(sample);
        }

        Assert.Equal(6, seen.Count);
    }

    [Fact]
    public void Without_an_answer_to_their_own_sample_hidden_units_learn_nothing_in_sleep()
    {
        var machine = new HandDrivenHelmholtz(4, 5);
        machine.Begin(Row, -2);
        machine.Up();
        machine.Down();
        // The input has not stepped since the hidden units drew their sample, so that what it sent belongs to the phase before.
        Assert.Equal(1, GatedAtTheNextPhase(machine));
        machine.Up();
        machine.Down();
        machine.Up();
        machine.Down();
        Assert.Equal(0, GatedAtTheNextPhase(machine));
    }

    [Fact]
    public void Without_an_answer_to_its_own_stimulus_the_input_learns_nothing_in_wake()
    {
        var machine = new HandDrivenHelmholtz(4, 5);
        machine.Begin(Row, 2);
        machine.Up();
        machine.Begin(Row, 2);
        machine.Up();
        Assert.Equal(1, machine.Input.Learned.Gated);
        machine.Down();
        machine.Begin(Row, 2);
        machine.Up();
        Assert.Equal((1, 1), (machine.Input.Learned.Gated, machine.Input.Learned.Positive));
    }

    [Fact]
    public void The_energy_is_what_the_state_costs_given_what_came_from_above()
    {
        var machine = Begun(2);
        float[] weights = machine.Weights(machine.Input);
        float[] hidden = HandDrivenHelmholtz.ActivityOf(machine.Hidden);
        double expected = 0;
        for (int i = 0; i < Row.Length; i++)
        {
            double field = machine.Input.Bias.Own[i];
            for (int j = 0; j < hidden.Length; j++)
                field += weights[(i * hidden.Length) + j] * hidden[j];
            double p = 1 / (1 + Math.Exp(-field));
            expected -= Math.Log(Row[i] == 1 ? p : 1 - p);
        }

        Assert.Equal(expected, machine.Input.Energy, 1e-5);
    }

    // A phase in which every sample has come up, gone down and been answered.
    private static HandDrivenHelmholtz Begun(float importance)
    {
        var machine = new HandDrivenHelmholtz(4, 7);
        // Biases that are not 0, and are another number for each kind.
        machine.Input.Bias.Set([0.3f, -0.2f, 0.1f, 0.4f]);
        machine.Hidden.Bias.Set([.. Enumerable.Range(0, 14).Select(i => 0.1f * (i - 6))]);
        machine.Begin(Row, importance);
        for (int step = 0; step < 3; step++)
        {
            machine.Up();
            machine.Down();
        }

        return machine;
    }

    private static void EndPhase(HandDrivenHelmholtz machine)
    {
        machine.Begin(Row, 2);
        machine.Up();
        machine.Down();
    }

    private static long GatedAtTheNextPhase(HandDrivenHelmholtz machine)
    {
        long before = machine.Hidden.Learned.Gated;
        machine.Begin(Row, -2);
        machine.Up();
        machine.Down();
        return machine.Hidden.Learned.Gated - before;
    }
}
