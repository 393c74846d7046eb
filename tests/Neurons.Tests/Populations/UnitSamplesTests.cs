using Nudge.Networks;
using Nudge.Populations;
using Nudge.State;
using Nudge.Synapses;
using Nudge.Testing;
using Nudge.Training;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Populations;

/// <summary>Dead and saturated units are found by samples, and undecided answers are counted.</summary>
public sealed class UnitSamplesTests
{
    private static readonly VectorExamples Examples = VectorExamples.Spread(10, 9, 3);

    [Theory]
    [InlineData(100, 12, 0)]
    [InlineData(-100, 0, 12)]
    [InlineData(0.5, 0, 0)]
    public void Units_at_a_bound_or_silent_at_ten_samples_are_counted(float bias, int saturated, int dead)
    {
        (VirtualEngine engine, _, _) = SmallNetwork.Prepare(SmallNetwork.Settings(9, 12, 3, rate: 1e-9), 60, Examples);
        Clear(engine);
        PopulationSlice hidden = engine.Slices[1];
        hidden.Bias!.Set([.. Enumerable.Repeat(bias, 12)]);
        var samples = new UnitSamples(hidden);
        for (int taken = 0; taken < UnitSamples.Needed; taken++)
        {
            Assert.False(samples.IsKnown);
            Assert.Equal((0, 0), (samples.Saturated, samples.Dead));
            for (int phase = 0; phase < 4; phase++)
                Assert.True(engine.RunPhase());
            samples.Take();
        }

        Assert.True(samples.IsKnown);
        Assert.Equal((saturated, dead), (samples.Saturated, samples.Dead));
        Assert.InRange(samples.SquaredChange, 0, 1e-12);

        var restored = new UnitSamples(hidden);
        StateBytes.Restore(StateBytes.Of("units", samples), "units", restored);
        Assert.Equal((saturated, dead, true), (restored.Saturated, restored.Dead, restored.IsKnown));
    }

    [Fact]
    public void The_change_of_the_weights_is_that_since_the_sample_before()
    {
        (VirtualEngine engine, _, _) = SmallNetwork.Prepare(SmallNetwork.Settings(9, 12, 3), 10, Examples);
        PopulationSlice hidden = engine.Slices[1];
        var samples = new UnitSamples(hidden);
        samples.Take();
        Assert.Equal(0, samples.SquaredChange);
        foreach (SynapseGroup synapses in hidden.Synapses)
        {
            foreach (ref float weight in synapses.Weights.Storage)
                weight *= 2;
        }

        samples.Take();
        Assert.Equal(samples.SquaredLength / 4, samples.SquaredChange, 6);
        samples.Take();
        Assert.Equal(0, samples.SquaredChange);
    }

    [Fact]
    public void Equal_outputs_are_undecided_and_not_wrong_answers()
    {
        NetworkSettings settings = SmallNetwork.Settings(9, 12, 3, rate: 1e-12);
        NetworkPlan network = NetworkCompiler.Compile(settings, 10);
        var schedule = new TrainingSchedule(network, new RunPlan(10, 0, 1), Examples, Examples);
        var engine = new VirtualEngine(network, schedule);
        Clear(engine);
        engine.Slices[2].Bias!.Set([100, 100, 0]);
        SmallNetwork.RunToEnd(engine);
        Evaluation made = Assert.Single(schedule.Evaluations);
        Assert.Equal((Examples.Count, 0, 0), (made.Undecided, made.Unanswered, made.Correct));
    }

    private static void Clear(VirtualEngine engine)
    {
        foreach (PopulationSlice slice in engine.Slices)
        {
            foreach (SynapseGroup synapses in slice.Synapses)
                synapses.Weights.Storage.Clear();
        }
    }
}
