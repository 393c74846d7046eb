using Akka.Actor;
using Nudge.Actors;
using Nudge.Links;
using Nudge.Models.EquilibriumPropagation;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Populations;
using Nudge.State;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.Training;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Actors;

public sealed class VirtualTimeKeepsTheContract : EngineContract
{
    protected override Task<Outcome> RunAsync(NetworkSettings settings, long presentations, VectorExamples examples)
    {
        (VirtualEngine engine, TrainingSchedule schedule, NetworkPlan network) =
            SmallNetwork.Prepare(settings, presentations, examples);
        SmallNetwork.RunToEnd(engine);
        return Task.FromResult(new Outcome(
            schedule.Evaluations,
            engine.Ledger(),
            Learned(engine.Slices.Select(slice => (slice.Plan, slice.Learned))),
            NetworkWeights.Of(network, engine.Slices)));
    }

    internal static Dictionary<string, LearningTally> Learned(IEnumerable<(SlicePlan Plan, LearningTally Learned)> slices) =>
        slices.GroupBy(slice => slice.Plan.Population.Name)
            .ToDictionary(group => group.Key, group => group.Aggregate(default(LearningTally), (sum, slice) => sum + slice.Learned));
}

public sealed class ActorsWithLagKeepTheContract : EngineContract
{
    protected override Task<Outcome> RunAsync(NetworkSettings settings, long presentations, VectorExamples examples) =>
        ActorsKeepTheContract.RunAsync(settings, presentations, examples, new() { Lag = 2 });
}

public sealed class ActorsKeepTheContract : EngineContract
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task An_actor_that_fails_is_restarted_with_its_last_state_and_the_run_goes_on()
    {
        var examples = VectorExamples.Corners(3);
        NetworkSettings settings = SmallNetwork.Settings(6, 16, 3, 0.03) with
        {
            Links = SmallNetwork.Faulty,
            Learning = new() { Decay = 1e-3 },
        };
        (ActorEngine engine, NetworkPlan network) = Make(settings, 1500, examples, new());
        await using ActorEngine disposing = engine;
        await engine.StartAsync();
        foreach (SlicePlan slice in network.Slices)
            engine.ActorOf(slice).Tell(Kill.Instance);
        await engine.Over.WaitAsync(AnswerTimeout);
        Assert.Equal(network.Slices.Count, engine.Faults);
        Assert.True(engine.Progress.Evaluations[^1].Accuracy >= 0.8);
    }

    [Fact]
    public async Task Lost_messages_stop_no_network_that_has_no_keep_alives()
    {
        NetworkSettings plain = SmallNetwork.Settings(6, 16, 3, 0.03);
        NetworkSettings settings = plain with
        {
            Links = new() { Activity = new() { Loss = new IndependentLoss { Rate = 0.4 } } },
        };
        (ActorEngine engine, _) = Make(settings, 500, VectorExamples.Corners(3), new() { KeepAliveMilliseconds = 1e6 });
        await using ActorEngine disposing = engine;
        await engine.StartAsync();
        await engine.Over.WaitAsync(AnswerTimeout);
        Assert.Equal(500, engine.Progress.Presentations);
    }

    [Fact]
    public async Task Phases_last_their_length_on_the_clock_of_the_output()
    {
        NetworkSettings plain = SmallNetwork.Settings(6, 16, 3, 0.03);
        NetworkSettings settings = plain with
        {
            Phases = plain.Phases with { Length = new() { Law = PhaseLengthLaw.Fixed, Mean = 12 } },
            Links = new() { Activity = new() { Delay = new ExponentialDelay { Mean = 0.5 } } },
        };
        (ActorEngine engine, NetworkPlan network) = Make(settings, 200, VectorExamples.Corners(3), new());
        await using ActorEngine disposing = engine;
        await engine.StartAsync();
        await engine.Over.WaitAsync(AnswerTimeout);
        IReadOnlyList<SliceCounters> counters = await engine.CountersAsync();
        SliceCounters output = counters.Single(slice => network.Slices[slice.Slice].Population.Name == "out");
        // Its own clock ends the phases: they last their length, and little more while the next begins.
        Assert.InRange(output.LocalTau / (engine.Progress.Phases * 12.0), 0.5, 1.3);
        Assert.Equal(engine.Progress.Phases * 12.0, engine.Progress.LocalTau, 12.0);
    }

    [Fact]
    public async Task A_number_that_is_not_finite_ends_the_run_with_the_name_of_the_population()
    {
        NetworkSettings settings = SmallNetwork.Settings(6, 16, 3, 1e6) with
        {
            Model = new EquilibriumPropagationSettings { Beta = 1e-36 },
        };
        (ActorEngine engine, _) = Make(settings, 100_000, VectorExamples.Spread(9, 6, 3), new());
        await using ActorEngine disposing = engine;
        await engine.StartAsync();
        NumericalException error =
            await Assert.ThrowsAsync<NumericalException>(() => engine.Over.WaitAsync(AnswerTimeout));
        Assert.Contains("Population", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paced_by_the_wall_clock_it_takes_the_time_that_its_phases_last()
    {
        NetworkSettings plain = SmallNetwork.Settings(4, 8, 3);
        NetworkSettings settings = plain with
        {
            Phases = plain.Phases with { Length = new() { Law = PhaseLengthLaw.Fixed, Mean = 4 } },
        };
        (ActorEngine engine, _) = Make(
            settings, 2, VectorExamples.Spread(2, 4, 3), new() { Pacing = Pacing.WallClock, TauMilliseconds = 50 });
        await using ActorEngine disposing = engine;
        await engine.StartAsync();
        await engine.Over.WaitAsync(AnswerTimeout);
        IReadOnlyList<SliceCounters> counters = await engine.CountersAsync();
        // Six phases of 4 τ with four steps in each τ, however late the timers were.
        Assert.All(counters, slice => Assert.InRange(slice.Steps, 20, 400));
    }

    [Fact]
    public async Task A_run_goes_on_from_a_saved_state_under_a_new_epoch()
    {
        var examples = VectorExamples.Corners(3);
        NetworkSettings settings = SmallNetwork.Settings(6, 16, 3, 0.03) with { Learning = new() { Decay = 1e-3 } };
        (ActorEngine first, _) = Make(settings, 1500, examples, new());
        byte[] state;
        long before;
        await using (first)
        {
            await first.StartAsync();
            while (first.Progress.Presentations < 300)
                await Task.Yield();
            await first.FreezeAsync();
            before = first.Progress.Presentations;
            using var bytes = new MemoryStream();
            await StateRoot.SaveAsync(bytes, "engine", first.SaveAsync);
            state = bytes.ToArray();
        }

        (ActorEngine second, _) = Make(settings, 1500, examples, new());
        await using ActorEngine disposing = second;
        StateRoot.Restore(new MemoryStream(state), "engine", second.Restore);
        Assert.Equal(before, second.Progress.Presentations);
        await second.StartAsync();
        await second.Over.WaitAsync(AnswerTimeout);
        Assert.True(second.Progress.Evaluations[^1].Accuracy >= 0.8);
    }

    protected override Task<Outcome> RunAsync(NetworkSettings settings, long presentations, VectorExamples examples) =>
        RunAsync(settings, presentations, examples, new());

    internal static async Task<Outcome> RunAsync(
        NetworkSettings settings, long presentations, VectorExamples examples, ActorEngineSettings pace)
    {
        (ActorEngine engine, NetworkPlan network) = Make(settings, presentations, examples, pace);
        await using ActorEngine disposing = engine;
        await engine.StartAsync();
        await engine.Over.WaitAsync(AnswerTimeout);
        await engine.FreezeAsync();
        IReadOnlyList<SliceCounters> counters = await engine.CountersAsync();
        return new(
            engine.Progress.Evaluations,
            await engine.LedgerAsync(),
            VirtualTimeKeepsTheContract.Learned(counters.Select(slice => (network.Slices[slice.Slice], slice.Learned))),
            NetworkWeights.Of(network, await engine.CopySlicesAsync()));
    }

    private static (ActorEngine Engine, NetworkPlan Network) Make(
        NetworkSettings settings, long presentations, VectorExamples examples, ActorEngineSettings pace)
    {
        NetworkPlan network = NetworkCompiler.Compile(settings, presentations / settings.Lanes);
        var schedule = new TrainingSchedule(network, new RunPlan(presentations, 0, 100), examples, examples);
        return (new(network, schedule, pace), network);
    }
}
