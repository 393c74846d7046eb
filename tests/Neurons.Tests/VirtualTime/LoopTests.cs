using CsCheck;
using Nudge.Interventions;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.State;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.Training;
using Nudge.VirtualTime;
using Nudge.VirtualTime.Nodes;

namespace Nudge.Neurons.Tests.VirtualTime;

/// <summary>Virtual time gives the same bits on any number of loops.</summary>
public sealed class LoopTests
{
    private const int Presentations = 16;

    private static readonly Gen<DelaySettings> AnyDelay = OneOf<DelaySettings>(
        new NoDelay(),
        new ConstantDelay { Mean = 0.7 },
        new ExponentialDelay { Mean = 0.5 },
        new UniformDelay { Mean = 1.5, Spread = 1.4 },
        new GammaDelay { Mean = 1, Cv = 0.7 },
        new LogNormalDelay { Mean = 0.5 },
        new ParetoDelay { Mean = 0.5 });

    private static readonly Gen<LossSettings> AnyLoss = OneOf<LossSettings>(
        new NoLoss(), new IndependentLoss { Rate = 0.2 }, new GilbertElliottLoss { Rate = 0.2, Burst = 4 });

    private static readonly Gen<SendSettings> AnySend = OneOf<SendSettings>(
        new(),
        new(),
        new() { When = SendWhen.Change, KeepAlive = 3 },
        new() { When = SendWhen.Change, RequestMissing = true },
        new() { When = SendWhen.Change, Threshold = 0.05, Trace = 20 },
        new() { When = SendWhen.Acknowledged, Window = 3 });

    private static readonly Gen<ActivityLinkSettings> AnyLink = Gen.Select(
        AnyDelay, AnyLoss, AnySend, Gen.Bool, Gen.Bool, Gen.Double[0, 60],
        (delay, loss, send, duplicates, inOrder, cut) => new ActivityLinkSettings
        {
            Delay = delay,
            Loss = loss,
            Send = send,
            Duplicate = duplicates ? 0.2 : 0,
            Order = inOrder ? LinkOrder.FirstInFirstOut : LinkOrder.Any,
            Partitions = new Dictionary<string, PartitionWindow> { ["cut"] = new() { From = cut, Until = cut + 20 } },
        });

    private static readonly Gen<Case> AnyCase = Gen.Select(
        Gen.Int[0, EveryModel.Names.Count - 1].Select(index => EveryModel.Names[index]),
        Gen.ULong[1, 1000],
        AnyLink,
        Gen.Int[1, 18],
        Gen.Int[2, 4],
        Gen.Int[1, 4],
        Gen.Int[0, 40],
        Gen.Select(Gen.Int[0, AnyInterventions.Kinds - 1], Gen.Int[0, 9], Gen.Int[1, 40]).List[0, 5],
        (model, seed, link, units, loops, loopsAfterwards, stop, interventions) =>
            new Case(model, seed, link, units, loops, loopsAfterwards, stop) { Interventions = interventions });

    [Fact]
    public void Any_network_on_any_links_cut_anywhere_gives_the_same_state_on_any_number_of_loops() => AnyCase.Sample(
        one =>
        {
            Run alone = Prepare(one, 1);
            SmallNetwork.RunToEnd(alone.Engine);
            Run first = Prepare(one, one.Loops);
            bool isOver = false;
            for (int phase = 0; phase < one.Stop && !isOver; phase++)
                isOver = !first.Engine.RunPhase();
            byte[] state = StateBytes.Of("engine", first.Engine);
            Run second = Prepare(one, one.LoopsAfterwards);
            StateBytes.Restore(state, "engine", second.Engine);
            foreach (Run run in new[] { first, second })
            {
                SmallNetwork.RunToEnd(run.Engine);
                Assert.Equal(alone.Engine.EventHash, run.Engine.EventHash);
                Assert.Equal(alone.Schedule.Evaluations, run.Schedule.Evaluations);
                Assert.Equal(alone.Engine.Ledger(), run.Engine.Ledger());
                Assert.Equal(StateBytes.Of("engine", alone.Engine), StateBytes.Of("engine", run.Engine));
            }
        },
        iter: 30,
        threads: 2);

    [Fact]
    public void Any_network_on_any_links_gives_the_same_state_on_any_number_of_nodes_also_after_nodes_are_lost() =>
        AnyCase.Sample(GivesTheSameOnNodes, iter: 8, threads: 1);

    /// <summary>In a copy for an evaluation a message may be sent again that its receiver's node had no need of before.</summary>
    [Fact]
    public void A_message_that_is_sent_again_during_an_evaluation_reaches_all_nodes()
    {
        var link = new ActivityLinkSettings
        {
            Loss = new IndependentLoss { Rate = 0.4 },
            Send = new() { When = SendWhen.Acknowledged, Window = 3 },
        };
        for (ulong seed = 1; seed <= 8; seed++)
            GivesTheSameOnNodes(new("equilibrium-propagation, differential-isd", seed, link, 2, 3, 2, 3));
    }

    private static void GivesTheSameOnNodes(Case one)
    {
        Run alone = Prepare(one, 1);
        SmallNetwork.RunToEnd(alone.Engine);
        NetworkPlan network = PlanOf(one);
        TrainingSchedule schedule = ScheduleOf(one, network);
        using var nodes = new InProcessNodes(network);
        var engine = new DistributedEngine(network, schedule, nodes);
        engine.Engine.Interventions = InterventionsOf(one, network);
        nodes.Start(network, engine, Places(network, one.Loops, one.Seed), 1);
        bool isOver = false;
        for (int phase = 0; phase < one.Stop && !isOver; phase++)
            isOver = !engine.Engine.RunPhase();
        engine.Collect(whole: true);
        byte[] saved = StateBytes.Of("engine", engine.Engine);
        // More phases, which are lost with the nodes.
        for (int phase = 0; phase < 5 && !isOver && engine.Engine.RunPhase(); phase++)
        {
        }

        nodes.Stop();
        StateBytes.Restore(saved, "engine", engine.Engine);
        nodes.Start(network, engine, Places(network, one.LoopsAfterwards, one.Seed + 1), 2);
        SmallNetwork.RunToEnd(engine.Engine);
        Assert.Equal(alone.Engine.EventHash, engine.Engine.EventHash);
        Assert.Equal(alone.Schedule.Evaluations, schedule.Evaluations);
        engine.Collect(whole: false);
        Assert.Equal(alone.Engine.Ledger(), engine.Engine.Ledger());
        Assert.Equal(alone.Engine.PhaseLag, engine.Engine.PhaseLag);
        // Nodes know the phases since they began; what is shown of them to those who watch is no part of a saved state.
        foreach ((PopulationSlice seen, PopulationSlice own) in engine.Engine.Slices.Zip(alone.Engine.Slices))
            Assert.Equal(own.Trail.Copy()[^seen.Trail.Copy().Length..], seen.Trail.Copy());
        engine.Collect(whole: true);
        Assert.Equal(StateBytes.Of("engine", alone.Engine), StateBytes.Of("engine", engine.Engine));
        // What nodes saved goes on in one process.
        Run again = Prepare(one, 1);
        StateBytes.Restore(saved, "engine", again.Engine);
        SmallNetwork.RunToEnd(again.Engine);
        Assert.Equal(StateBytes.Of("engine", alone.Engine), StateBytes.Of("engine", again.Engine));
    }

    [Fact]
    public void A_run_on_loops_that_is_stopped_at_any_moment_goes_on_to_the_same_bits()
    {
        NetworkSettings settings = EveryModel.Settings("batch") with { Links = SmallNetwork.Faulty };
        VectorExamples examples = EveryModel.Examples("batch");
        VirtualEngine alone = SmallNetwork.Engine(settings, 600, examples);
        SmallNetwork.RunToEnd(alone);
        NetworkPlan network = NetworkCompiler.Compile(settings, 600);
        int stops = 0;
        for (int shown = 1; shown <= 10; shown++)
        {
            // Not disposed of: the thread that cancels may come late.
            var stop = new CancellationTokenSource();
            var stopping = new Stopping(examples, 10 * shown, stop);
            var schedule = new TrainingSchedule(network, new RunPlan(600, 0, 100), stopping, examples);
            var engine = new VirtualEngine(network, schedule, loops: 3);
            while (engine.RunPhase(stop.Token) && !stop.IsCancellationRequested)
            {
            }

            stops += schedule.IsOver ? 0 : 1;
            SmallNetwork.RunToEnd(engine);
            Assert.Equal(StateBytes.Of("engine", alone), StateBytes.Of("engine", engine));
        }

        Assert.True(stops > 0, "no run was stopped before its end");
    }

    [Fact]
    public void A_step_that_fails_on_a_loop_stops_the_run_with_its_error()
    {
        NetworkSettings settings = SmallNetwork.Settings(9, 20, 3);
        NetworkPlan network = NetworkCompiler.Compile(settings, 10);
        VectorExamples examples = EveryModel.Examples("batch");
        var schedule = new TrainingSchedule(network, new RunPlan(10, 0, 10), examples, examples);
        var engine = new VirtualEngine(network, schedule, loops: 2);
        engine.Slices[1].Bias!.Set([float.NaN]);
        Exception error = Assert.ThrowsAny<Exception>(() => SmallNetwork.RunToEnd(engine));
        Assert.Contains("hidden", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, SendWhen.EveryStep)]
    [InlineData(3, SendWhen.EveryStep)]
    [InlineData(1, SendWhen.Change)]
    public void A_node_that_waits_for_another_one_ends_when_it_is_stopped(int loops, SendWhen send)
    {
        NetworkSettings settings = SmallNetwork.Settings(9, 20, 3) with
        {
            Links = new() { Activity = new() { Send = new() { When = send } } },
        };
        NetworkPlan network = NetworkCompiler.Compile(settings, 10);
        VectorExamples examples = EveryModel.Examples("batch");
        var schedule = new TrainingSchedule(network, new RunPlan(10, 0, 10), examples, examples);
        var silent = new SilentLinks();
        // The input is on a node that is not there.
        using var node = new VirtualNode(network, new([1, 0, 0], 0), silent, loops, []);
        node.Take(new RunToPhaseEnd(0, false, null));
        node.Take(new BeginPhase(0, schedule.BeginPhase()!, []));
        node.Take(new RunToPhaseEnd(0, false, null));
        var thread = new Thread(node.Run) { IsBackground = true };
        thread.Start();
        Assert.True(SpinWait.SpinUntil(() => silent.Reports > 0, TimeSpan.FromSeconds(30)), "it should reach its first phase");
        Assert.False(thread.Join(TimeSpan.FromMilliseconds(300)), "it should wait for the input");
        node.Stop();
        Assert.True(thread.Join(TimeSpan.FromSeconds(30)), "it should end");
        Assert.Equal(1, silent.Reports);
    }

    private static Run Prepare(Case one, int loops)
    {
        NetworkPlan network = PlanOf(one);
        TrainingSchedule schedule = ScheduleOf(one, network);
        var engine = new VirtualEngine(network, schedule, loops: loops) { Interventions = InterventionsOf(one, network) };
        return new(engine, schedule);
    }

    private static PendingInterventions InterventionsOf(Case one, NetworkPlan network) =>
        new(network, AnyInterventions.Of(network, one.Interventions));

    private static TrainingSchedule ScheduleOf(Case one, NetworkPlan network)
    {
        VectorExamples examples = EveryModel.Examples(one.Model);
        return new(network, new RunPlan(Presentations, 6, 4), examples, examples);
    }

    /// <summary>Slices on nodes at random, none of which is left without.</summary>
    private static int[] Places(NetworkPlan network, int nodes, ulong seed)
    {
        var random = new Random((int)seed);
        int used = Math.Min(nodes, network.Slices.Count);
        return [.. network.Slices.Select(slice => slice.Index < used ? slice.Index : random.Next(used))];
    }

    private static NetworkPlan PlanOf(Case one)
    {
        NetworkSettings settings = EveryModel.Settings(one.Model);
        settings = settings with
        {
            Seed = one.Seed,
            Links = new() { Activity = one.Link, Control = new() { Delay = one.Link.Delay, Loss = one.Link.Loss } },
            Clocks = new() { Jitter = 0.2, Drift = 0.1 },
            Phases = settings.Phases with { B = AdaptsB(settings, one) ? PhaseProbability.Optimal : settings.Phases.B },
            Populations =
            [
                .. settings.Populations.Select(population => KeyValuePair.Create(
                    population.Key,
                    population.Value with { Granularity = new(GranularityKind.Slice, one.UnitsPerSlice) })),
            ],
        };
        return NetworkCompiler.Compile(settings, Presentations / settings.Lanes);
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static bool AdaptsB(NetworkSettings settings, Case one) =>
        one.Seed % 3 == 0 && settings.Phases.Order == PhaseOrder.Bernoulli && !settings.Learning.Rule.Rule.WeighsPolaritiesAlike;

    /// <summary>Stops a run, on a thread of its own, some time after an example has been asked for.</summary>
    private sealed class Stopping(VectorExamples examples, int after, CancellationTokenSource stop) : IStimulusSet
    {
        private int _asked;

        public int Count => examples.Count;

        public int InputSize => examples.InputSize;

        public int Classes => examples.Classes;

        public int LabelOf(int index) => examples.LabelOf(index);

        public void CopyInput(int index, Span<float> destination)
        {
            examples.CopyInput(index, destination);
            if (++_asked != after)
                return;
            using var begun = new ManualResetEventSlim();
            new Thread(() =>
            {
                begun.Set();
                Thread.SpinWait(after);
                stop.Cancel();
            }).Start();
            begun.Wait();
        }
    }

    private sealed class SilentLinks : INodeLinks
    {
        public IServingThread? Thread => null;

        private int _reports;

        internal int Reports => Volatile.Read(ref _reports);

        public void Send(int node, NodeMessage message)
        {
        }

        public void SendToAll(NodeMessage message)
        {
        }

        public void Report(NodeMessage message) => Interlocked.Increment(ref _reports);
    }

    private sealed record Case(
        string Model, ulong Seed, ActivityLinkSettings Link, int UnitsPerSlice, int Loops, int LoopsAfterwards, int Stop)
    {
        internal IReadOnlyList<(int Kind, int About, int Phase)> Interventions { get; init; } = [];
    }

    private sealed record Run(VirtualEngine Engine, TrainingSchedule Schedule);
}
