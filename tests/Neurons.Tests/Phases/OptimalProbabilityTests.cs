using Nudge.Actors;
using Nudge.Models.EquilibriumPropagation;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Plasticity.Rules;
using Nudge.State;
using Nudge.Testing;
using Nudge.Training;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Phases;

/// <summary>b: optimal moves on both engines, is saved and restored, and changes nothing where b is a number.</summary>
public sealed class OptimalProbabilityTests
{
    private static readonly VectorExamples Examples = VectorExamples.Spread(10, 6, 3);

    [Fact]
    public void A_number_stays_and_every_importance_is_its_own()
    {
        (VirtualEngine engine, TrainingSchedule schedule, _) =
            SmallNetwork.Prepare(Settings("isd", 0.3), 60, Examples);
        while (engine.RunPhase())
        {
            Assert.Equal(0.3, schedule.B);
            float[] own = [0, 1 / 0.3f, -1 / 0.7f];
            Assert.All(schedule.Present!.Importance.ToArray(), g => Assert.Contains(g, own));
        }
    }

    [Fact]
    public void Measuring_the_lengths_changes_no_bit_before_b_moves()
    {
        float[] fixedB = Weights(Settings("isd", 0.5), 40);
        float[] optimal = Weights(Settings("isd", PhaseProbability.Optimal), 40);
        Assert.Equal(fixedB, optimal);
    }

    [Theory]
    [InlineData("isd", UpdateTiming.PhaseEnd)]
    [InlineData("isd", UpdateTiming.Continuous)]
    [InlineData("differential-isd", UpdateTiming.PhaseEnd)]
    public void The_importance_of_every_phase_is_that_of_the_b_it_was_drawn_with(string rule, UpdateTiming timing)
    {
        (VirtualEngine engine, TrainingSchedule schedule, _) =
            SmallNetwork.Prepare(Settings(rule, PhaseProbability.Optimal, timing), 400, Examples);
        var seen = new HashSet<double>();
        while (engine.RunPhase())
        {
            seen.Add(schedule.B);
            var prior = new PhasePrior(schedule.B);
            float[] own = [0, prior.Importance(true), prior.Importance(false)];
            Assert.All(schedule.Present!.Importance.ToArray(), g => Assert.Contains(g, own));
        }

        Assert.True(seen.Count > 100, $"b moved only {seen.Count} times");
        Assert.All(seen, b => Assert.InRange(b, BiasedCoin.Least, 1 - BiasedCoin.Least));
    }

    [Theory]
    [InlineData("isd", UpdateTiming.PhaseEnd, 300)]
    [InlineData("isd", UpdateTiming.Continuous, 301)]
    [InlineData("differential-isd", UpdateTiming.PhaseEnd, 333)]
    public void A_run_that_is_saved_and_restored_ends_with_the_same_bits_and_the_same_b(
        string rule, UpdateTiming timing, int phasesBefore)
    {
        NetworkSettings settings = Settings(rule, PhaseProbability.Optimal, timing);
        (VirtualEngine whole, TrainingSchedule schedule, NetworkPlan network) = SmallNetwork.Prepare(settings, 300, Examples);
        SmallNetwork.RunToEnd(whole);

        (VirtualEngine first, _, _) = SmallNetwork.Prepare(settings, 300, Examples);
        for (int phase = 0; phase < phasesBefore; phase++)
            first.RunPhase();
        using var state = new MemoryStream();
        StateRoot.Save(state, "engine", first);
        (VirtualEngine second, TrainingSchedule resumed, _) = SmallNetwork.Prepare(settings, 300, Examples);
        state.Position = 0;
        StateRoot.Restore(state, "engine", second);
        SmallNetwork.RunToEnd(second);

        Assert.NotEqual(0.5, schedule.B);
        Assert.Equal(schedule.B, resumed.B);
        Assert.Equal(whole.EventHash, second.EventHash);
        Assert.Equal(SmallNetwork.Weights(network, whole.Slices), SmallNetwork.Weights(network, second.Slices));
    }

    [Fact]
    public async Task Actors_move_b_by_what_they_report()
    {
        NetworkPlan network = NetworkCompiler.Compile(Settings("isd", PhaseProbability.Optimal), 300);
        var schedule = new TrainingSchedule(network, new(300, 0, 10), Examples, Examples);
        await using var engine = new ActorEngine(network, schedule, new());
        await engine.StartAsync();
        await engine.Over.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.NotEqual(0.5, engine.Progress.B);
        Assert.InRange(engine.Progress.B, BiasedCoin.Least, 1 - BiasedCoin.Least);
    }

    private static float[] Weights(NetworkSettings settings, long presentations)
    {
        (VirtualEngine engine, _, NetworkPlan network) = SmallNetwork.Prepare(settings, presentations, Examples);
        SmallNetwork.RunToEnd(engine);
        return SmallNetwork.Weights(network, engine.Slices);
    }

    private static NetworkSettings Settings(
        string rule, PhaseProbability b, UpdateTiming timing = UpdateTiming.PhaseEnd) =>
        SmallNetwork.Settings(6, 12, 3) with
        {
            Seed = 3,
            Links = SmallNetwork.Faulty,
            Learning = new()
            {
                Rule = timing == UpdateTiming.Continuous
                    ? new IsdSettings { Timing = timing }
                    : NamedSettings.Rule(rule, new EquilibriumPropagationSettings()),
            },
            Phases = new() { B = b, PerStimulus = 2 },
        };
}
