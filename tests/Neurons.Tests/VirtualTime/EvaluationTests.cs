using CsCheck;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.State;
using Nudge.Testing;
using Nudge.Training;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.VirtualTime;

/// <summary>In virtual time an evaluation is made on a copy: what is measured does not notice.</summary>
public sealed class EvaluationTests
{
    private const int Presentations = 24;

    private static readonly Gen<Measuring> AnyMeasuring = Gen.Select(
        Gen.Int[0, EveryModel.Names.Count - 1].Select(index => EveryModel.Names[index]),
        Gen.ULong[1, 1000],
        Gen.Int[1, 12],
        Gen.Int[1, 8],
        Gen.Int[1, 10],
        Gen.Int[0, 60].HashSet[0, 4],
        Gen.Int[1, 20],
        (model, seed, every, examples, heldOut, stops, readEvery) =>
            new Measuring(model, seed, every, examples, heldOut, stops, readEvery));

    [Fact]
    public void Evaluations_readings_and_resumptions_anywhere_change_no_bit_of_a_run() => AnyMeasuring.Sample(
        measuring =>
        {
            Run plain = Plain(measuring);
            (VirtualEngine engine, TrainingSchedule schedule) = Measured(measuring);
            Assert.Equal(plain.Bits, Bits(engine));
            if (plain.Schedule.Evaluations.Count == 0)
                return;
            (_, TrainingSchedule again) = Measured(measuring with { Stops = [] });
            Assert.Equal(again.Evaluations, schedule.Evaluations);
            long[] expected =
            [
                .. Enumerable.Range(1, Presentations - 1).Select(shown => (long)shown)
                    .Where(shown => shown % Lanes(measuring) == 0 && Crosses(shown, measuring)),
                Presentations,
            ];
            Assert.Equal(expected, schedule.Evaluations.Select(made => made.Presentations));
            Assert.All(schedule.Evaluations, made => Assert.True(made.Messages > 0));
        },
        iter: 80);

    [Theory]
    [InlineData("equilibrium-propagation, differential-isd")]
    [InlineData("rbm, labels")]
    [InlineData("ff")]
    public void An_evaluation_is_that_of_a_run_without_the_evaluations_before_it(string model)
    {
        NetworkSettings settings = EveryModel.Settings(model) with { Links = SmallNetwork.Faulty };
        VectorExamples examples = EveryModel.Examples(model);
        Run whole = RunToEnd(settings, new(40, 10, examples.Count), examples);
        Assert.Equal(4, whole.Schedule.Evaluations.Count);
        foreach (Evaluation made in whole.Schedule.Evaluations)
        {
            Run without = RunToEnd(settings, new(40, made.Presentations, examples.Count), examples);
            Assert.Equal(made, without.Schedule.Evaluations[0]);
        }
    }

    [Fact]
    public void Links_stay_cut_or_not_as_they_are_when_an_evaluation_begins()
    {
        NetworkSettings settings = SmallNetwork.Settings(9, 12, 3);
        VectorExamples examples = VectorExamples.Spread(10, 9, 3);
        var plan = new RunPlan(80, 40, examples.Count);
        Run healthy = RunToEnd(settings, plan, examples);
        Run cut = RunToEnd(Cut(settings, 0, 1e6), plan, examples);
        Assert.NotEqual(healthy.Schedule.Evaluations[0], cut.Schedule.Evaluations[0]);
        double soon = (healthy.Engine.Now / 2) + 13;
        Run before = RunToEnd(Cut(settings, soon, 1e6), plan, examples);
        Assert.Equal(healthy.Schedule.Evaluations[0], before.Schedule.Evaluations[0]);
        Run within = RunToEnd(Cut(settings, 0, soon), plan, examples);
        Assert.Equal(cut.Schedule.Evaluations[0], within.Schedule.Evaluations[0]);
    }

    [Fact]
    public void A_copy_reads_the_weights_of_the_original_and_cannot_change_them()
    {
        (VirtualEngine engine, _, NetworkPlan network) =
            SmallNetwork.Prepare(SmallNetwork.Settings(9, 12, 3), 10, VectorExamples.Spread(10, 9, 3));
        PopulationSlice original = engine.Slices[1];
        PopulationSlice copy = network.CreateReader(original);
        Assert.Same(original.Synapses[0].Weights, copy.Synapses[0].Weights);
        float[] post = new float[original.Synapses[0].Weights.PaddedRows];
        Assert.Throws<InvalidOperationException>(() => copy.Synapses[0].LearnFromReceived(post));
        Assert.Throws<InvalidOperationException>(() => copy.Bias!.Learn(post));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_state_that_is_restored_during_an_evaluation_ends_it(bool beforeIt)
    {
        NetworkSettings settings = SmallNetwork.Settings(9, 12, 3);
        VectorExamples examples = VectorExamples.Spread(10, 9, 3);
        Run whole = RunToEnd(settings, new(20, 10, 5), examples);
        Run run = Prepare(settings, new(20, 10, 5), examples);
        byte[] state = StateBytes.Of("engine", run.Engine);
        while (run.Engine.Evaluating is null)
            Assert.True(run.Engine.RunPhase());
        Assert.True(run.Engine.RunPhase());
        StateBytes.Restore(beforeIt ? state : StateBytes.Of("engine", run.Engine), "engine", run.Engine);
        Assert.Null(run.Engine.Evaluating);
        SmallNetwork.RunToEnd(run.Engine);
        Assert.Equal(Bits(whole.Engine), Bits(run.Engine));
        Assert.Equal(whole.Schedule.Evaluations, run.Schedule.Evaluations);
    }

    private static NetworkSettings Settings(Measuring measuring) => EveryModel.Settings(measuring.Model) with
    {
        Seed = measuring.Seed,
        Links = SmallNetwork.Faulty,
        Clocks = new() { Jitter = measuring.Seed % 2 == 0 ? 0.2 : 0, Drift = 0.1 },
    };

    private static int Lanes(Measuring measuring) => EveryModel.Settings(measuring.Model).Lanes;

    private static bool Crosses(long shown, Measuring measuring) =>
        shown / measuring.Every > (shown - Lanes(measuring)) / measuring.Every;

    private static Run Plain(Measuring measuring) =>
        RunToEnd(Settings(measuring), new(Presentations, 0, 1), EveryModel.Examples(measuring.Model));

    /// <summary>Evaluates, reads and is stopped and resumed, also within evaluations.</summary>
    private static (VirtualEngine Engine, TrainingSchedule Schedule) Measured(Measuring measuring)
    {
        NetworkSettings settings = Settings(measuring);
        VectorExamples examples = EveryModel.Examples(measuring.Model);
        var plan = new RunPlan(Presentations, measuring.Every, measuring.Examples);
        Run run = Prepare(settings, plan, examples, measuring.HeldOut);
        for (int phase = 0; run.Engine.RunPhase(); phase++)
        {
            if (phase % measuring.ReadEvery == 0)
                _ = Bits(run.Engine);
            if (!measuring.Stops.Contains(phase))
                continue;
            byte[] state = StateBytes.Of("engine", run.Engine);
            run = Prepare(settings, plan, examples, measuring.HeldOut);
            StateBytes.Restore(state, "engine", run.Engine);
        }

        return (run.Engine, run.Schedule);
    }

    private static NetworkSettings Cut(NetworkSettings settings, double from, double until) => settings with
    {
        Links = new()
        {
            Activity = new()
            {
                Partitions = new Dictionary<string, PartitionWindow> { ["cut"] = new() { From = from, Until = until } },
            },
        },
    };

    private static Run RunToEnd(NetworkSettings settings, RunPlan plan, VectorExamples examples)
    {
        Run run = Prepare(settings, plan, examples);
        SmallNetwork.RunToEnd(run.Engine);
        return run;
    }

    private static Run Prepare(NetworkSettings settings, RunPlan plan, VectorExamples examples, int? heldOut = null)
    {
        NetworkPlan network = NetworkCompiler.Compile(settings, 60);
        var schedule = new TrainingSchedule(network, plan, examples, heldOut is int first ? First(examples, first) : examples);
        return new(new VirtualEngine(network, schedule), schedule);
    }

    private static VectorExamples First(VectorExamples examples, int count)
    {
        float[][] rows = [.. Enumerable.Range(0, count).Select(_ => new float[examples.InputSize])];
        for (int row = 0; row < count; row++)
            examples.CopyInput(row, rows[row]);
        return new(rows, [.. Enumerable.Range(0, count).Select(examples.LabelOf)], examples.Classes);
    }

    /// <summary>Everything that a run leaves behind, weights and counts alike.</summary>
    private static string Bits(VirtualEngine engine)
    {
        IEnumerable<string> weights = engine.Slices.SelectMany(slice => slice.Synapses.ToArray()
            .Select(synapses => Convert.ToHexString(System.Runtime.InteropServices.MemoryMarshal.AsBytes(synapses.Weights.Storage))));
        IEnumerable<string> counts = engine.Slices.Select(slice => $"{slice.Learned} {slice.Steps} {slice.Energy:R}");
        return string.Join(
            '\n',
            [
                $"{engine.EventHash:x16} {engine.Events} {engine.Now:R} {engine.PhaseLag:R}",
                .. counts,
                .. engine.Ledger().Select(row => row.ToString()),
                .. weights,
            ]);
    }

    private sealed record Measuring(
        string Model, ulong Seed, int Every, int Examples, int HeldOut, HashSet<int> Stops, int ReadEvery);

    private sealed record Run(VirtualEngine Engine, TrainingSchedule Schedule)
    {
        internal string Bits => EvaluationTests.Bits(Engine);
    }
}
