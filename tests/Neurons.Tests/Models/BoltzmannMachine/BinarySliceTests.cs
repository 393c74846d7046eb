using Nudge.Models.BoltzmannMachine;
using Nudge.Networks;
using Nudge.Oracles;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.Testing;

namespace Nudge.Neurons.Tests.Models.BoltzmannMachine;

/// <summary>What the units of a Boltzmann machine sample, against sums over all states (theory §4).</summary>
public sealed class BinarySliceTests
{
    private const int Visible = 5;
    private const int Hidden = 4;
    private const int Batches = 100;
    private const int BatchLength = 400;

    [Theory]
    [InlineData(1, false)]
    [InlineData(0.5, false)]
    [InlineData(2, false)]
    [InlineData(1, true)]
    [InlineData(0.6, true)]
    public void Free_units_reach_the_exact_distribution_of_the_machine(double inverseTemperature, bool coupled)
    {
        BoltzmannParameters exact = SmallMachine.Spread(Visible, Hidden, 1, inverseTemperature, coupled);
        HandDrivenMachine machine = Frozen(exact);
        machine.Begin(null, 0);
        BatchMeans means = Sample(machine, null);
        means.AssertNear(Flat(ExactBoltzmann.ModelStatistics(exact)), "free statistic");
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(1, true)]
    [InlineData(0.6, true)]
    public void Clamped_units_give_the_hidden_ones_their_exact_conditional_means(double inverseTemperature, bool coupled)
    {
        float[] row = [1, 0, 1, 1, 0];
        BoltzmannParameters exact = SmallMachine.Spread(Visible, Hidden, 1, inverseTemperature, coupled);
        HandDrivenMachine machine = Frozen(exact);
        machine.Begin(row, 0);
        BatchMeans means = Sample(machine, row);
        means.AssertNear(Flat(ExactBoltzmann.DataStatistics(exact, [row])), "clamped statistic");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void At_another_temperature_the_distribution_is_another_and_the_comparison_sees_it(bool coupled)
    {
        BoltzmannParameters exact = SmallMachine.Spread(Visible, Hidden, 1, 1, coupled);
        HandDrivenMachine machine = Frozen(exact with { InverseTemperature = 1.3 });
        machine.Begin(null, 0);
        BatchMeans means = Sample(machine, null);
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(
            () => means.AssertNear(Flat(ExactBoltzmann.ModelStatistics(exact)), "free statistic"));
    }

    [Fact]
    public void Lanes_hold_and_free_their_visible_units_each_for_itself()
    {
        NetworkSettings settings = SmallMachine.Settings(Visible, Hidden, 0) with { Lanes = 2 };
        NetworkPlan network = NetworkCompiler.Compile(settings, 1);
        PopulationSlice visible = network.CreateSlice(network.Slices[0]);
        var tag = new PhaseTag(new(0, 1), 0, [2, -2]);
        float[] targets = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
        visible.Receive(new NudgeSignal(tag, targets, new[] { float.PositiveInfinity, 0 }));
        double freeSum = 0;
        for (int step = 0; step < 400; step++)
        {
            visible.Step(0.25f);
            float[] activity = new float[2 * Visible];
            visible.CopyActivity(activity);
            Assert.All(activity[..Visible], value => Assert.Equal(1, value));
            freeSum += activity[Visible..].Average() / 400;
        }

        // Nothing was received, so that a free unit is on half of the time: 2000 draws have a deviation of 0.011.
        Assert.InRange(freeSum, 0.44, 0.56);
    }

    private static HandDrivenMachine Frozen(BoltzmannParameters exact)
    {
        NetworkSettings settings = SmallMachine.Settings(Visible, Hidden, 0, exact.Couplings is not null) with
        {
            Model = new BoltzmannMachineSettings { InverseTemperature = exact.InverseTemperature },
        };
        var machine = new HandDrivenMachine(settings);
        machine.Set(exact);
        return machine;
    }

    private static BatchMeans Sample(HandDrivenMachine machine, float[]? clamped)
    {
        bool coupled = machine.Hidden.Synapses.Length > 1;
        int size = (Hidden * Visible) + Hidden + Visible + (coupled ? Hidden * Hidden : 0);
        var means = new BatchMeans(size, BatchLength);
        double[] statistic = new double[size];
        for (int sweep = 0; sweep < 200; sweep++)
            machine.Sweep();
        for (int sweep = 0; sweep < Batches * BatchLength; sweep++)
        {
            machine.Sweep();
            (float[] v, float[] h) = (machine.V, machine.H);
            if (clamped is not null)
                Assert.Equal(clamped, v);
            Fill(statistic, v, h, coupled);
            means.Add(statistic);
        }

        return means;
    }

    private static void Fill(double[] statistic, float[] v, float[] h, bool coupled)
    {
        int place = 0;
        foreach (float unit in h)
        {
            foreach (float other in v)
                statistic[place++] = unit * other;
        }

        foreach (float unit in h)
            statistic[place++] = unit;
        foreach (float unit in v)
            statistic[place++] = unit;
        for (int i = 0; i < h.Length && coupled; i++)
        {
            for (int k = 0; k < h.Length; k++)
                statistic[place++] = i == k ? 0 : h[i] * h[k];
        }
    }

    private static double[] Flat(BoltzmannStatistics statistics) =>
        [.. statistics.Products, .. statistics.Hidden, .. statistics.Visible, .. statistics.HiddenProducts ?? []];
}
