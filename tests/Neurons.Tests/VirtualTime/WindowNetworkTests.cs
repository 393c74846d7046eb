using Nudge.Models.PredictiveCoding;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Plasticity.Rules;
using Nudge.Populations;
using Nudge.State;
using Nudge.Synapses;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.Training;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.VirtualTime;

/// <summary>Whole networks with windows: against the same connections written out, and in every way of running them.</summary>
public sealed class WindowNetworkTests
{
    public static TheoryData<string> Kinds => [.. SmallWindows.Kinds.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_network_takes_the_way_of_its_connections_written_out(string kind)
    {
        foreach (int lanes in new[] { 1, 3 })
        {
            NetworkSettings settings = Faulty(SmallWindows.Settings(kind, rate: 0)) with { Lanes = lanes };
            (Run windows, Run dense) = Pair(settings, 10 * lanes);
            for (int phase = 0; phase < 20; phase++)
            {
                windows.Engine.RunPhase();
                dense.Engine.RunPhase();
                Assert.Equal(dense.Engine.Ledger(), windows.Engine.Ledger());
                AssertNear(Activity(dense.Engine), Activity(windows.Engine), 1e-4f);
            }

            Assert.Contains(Activity(windows.Engine), value => value is > 0.05f and < 0.95f);
            Assert.Equal(dense.Engine.Slices.Sum(slice => slice.Energy), windows.Engine.Slices.Sum(slice => slice.Energy), 1e-3);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Predictive_coding_takes_the_same_way_too(string kind)
    {
        NetworkSettings settings = Faulty(SmallWindows.Settings(kind, rate: 0)) with
        {
            Model = new PredictiveCodingSettings(),
            Learning = new() { Rule = new IsdSettings() },
            Phases = new() { PerStimulus = 1 },
        };
        (Run windows, Run dense) = Pair(settings, 20);
        SmallNetwork.RunToEnd(windows.Engine);
        SmallNetwork.RunToEnd(dense.Engine);
        AssertNear(Activity(dense.Engine), Activity(windows.Engine), 1e-4f);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_shares_a_weight_learns_the_sum_of_what_would_be_learned_unshared(string kind)
    {
        // Two phases of one stimulus teach once, at their end, when both networks have still been the same.
        NetworkSettings settings = SmallWindows.Settings(kind, rate: 0.5) with { Lanes = 3 };
        (Run windows, Run dense) = Pair(settings, 3);
        NetworkWeights before = NetworkWeights.Of(windows.Network, windows.Engine.Slices);
        NetworkWeights denseBefore = NetworkWeights.Of(dense.Network, dense.Engine.Slices);
        SmallNetwork.RunToEnd(windows.Engine);
        SmallNetwork.RunToEnd(dense.Engine);
        NetworkWeights after = NetworkWeights.Of(windows.Network, windows.Engine.Slices);
        NetworkWeights denseAfter = NetworkWeights.Of(dense.Network, dense.Engine.Slices);
        double largest = 0;
        foreach (ProjectionPlan projection in windows.Network.Projections.Where(one => one.WeightCount > 0))
        {
            double[] all = Difference(denseAfter.Weights[projection.Index], denseBefore.Weights[projection.Index]);
            double[] sum = projection.Connectivity is { } table ? table.Fold(all) : all;
            double[] learned = Difference(after.Weights[projection.Index], before.Weights[projection.Index]);
            AssertNear(sum, learned, 1e-4);
            largest = Math.Max(largest, learned.Max(Math.Abs));
        }

        foreach (PopulationPlan population in windows.Network.Populations.Where(one => one.HasState))
        {
            double[] all = Difference(denseAfter.Biases[population.Index], denseBefore.Biases[population.Index]);
            double[] sum = [.. all.Chunk(population.UnitsPerBias).Select(shared => shared.Sum())];
            AssertNear(sum, Difference(after.Biases[population.Index], before.Biases[population.Index]), 1e-4);
        }

        Assert.True(largest > 0.01, $"the test sees little: {largest}");
    }

    [Theory]
    [InlineData("convolution", 1)]
    [InlineData("convolution", 2)]
    [InlineData("local", 3)]
    [InlineData("pooling", 2)]
    public void Every_cut_into_channels_gives_the_same_bits(string kind, int channels)
    {
        NetworkSettings settings = SmallWindows.Settings(kind) with { Lanes = 2 };
        settings = settings with { Clocks = settings.Clocks with { Jitter = 0.3 } };
        Run whole = Prepare(settings, 20);
        Run cut = Prepare(SmallWindows.Cut(settings, channels), 20);
        Assert.True(cut.Network.Slices.Count > whole.Network.Slices.Count);
        SmallNetwork.RunToEnd(whole.Engine);
        SmallNetwork.RunToEnd(cut.Engine);
        float[] weights = SmallNetwork.Weights(whole.Network, whole.Engine.Slices);
        Assert.NotEqual(SmallNetwork.Weights(whole.Network, Prepare(settings, 20).Engine.Slices), weights);
        Assert.Equal(weights, SmallNetwork.Weights(cut.Network, cut.Engine.Slices));
    }

    public static TheoryData<string, string> Rules => new()
    {
        { "convolution", "differential-isd" },
        { "padded convolution", "differential-isd, optimal b" },
        { "padded convolution", "isd, continuous, optimal b" },
        { "convolution", "differential-isd, batch" },
        { "padded convolution", "asymmetric-ep, adam" },
        { "local", "differential-isd" },
        { "local", "derivative-isd" },
        { "pooling", "paired" },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void One_to_four_loops_and_a_resumed_run_give_the_same_state(string kind, string rule)
    {
        NetworkSettings settings = SmallWindows.Cut(Faulty(With(SmallWindows.Settings(kind), rule)), 2) with { Lanes = 2 };
        Run alone = Prepare(settings, 12);
        SmallNetwork.RunToEnd(alone.Engine);
        byte[] expected = StateBytes.Of("engine", alone.Engine);
        Assert.NotEqual(StateBytes.Of("engine", Prepare(settings, 12).Engine), expected);
        for (int loops = 2; loops <= 4; loops++)
        {
            Run first = Prepare(settings, 12, loops);
            for (int phase = 0; phase < 5; phase++)
                first.Engine.RunPhase();
            byte[] state = StateBytes.Of("engine", first.Engine);
            Run second = Prepare(settings, 12, 5 - loops);
            StateBytes.Restore(state, "engine", second.Engine);
            foreach (Run run in new[] { first, second })
            {
                SmallNetwork.RunToEnd(run.Engine);
                Assert.Equal(alone.Engine.EventHash, run.Engine.EventHash);
                Assert.Equal(expected, StateBytes.Of("engine", run.Engine));
            }
        }
    }

    [Fact]
    public void Forward_Forward_with_windows_answers_as_its_connections_written_out()
    {
        NetworkSettings settings = SmallLayers.Settings(36, [64, 10], 3, 0) with { Lanes = 2, Classes = 3 };
        settings = settings with
        {
            Populations =
            [
                new("in", new() { Role = PopulationRole.Input, Shape = new() { Height = 6, Width = 6 } }),
                new("layer1", new() { Role = PopulationRole.Hidden, Shape = new() { Height = 4, Width = 4, Channels = 4 } }),
                settings.Populations[2],
            ],
            Projections =
            [
                new("to-layer1", settings.Projections[0].Value with { Connect = new ConvolutionConnect { Kernel = 3 } }),
                settings.Projections[1],
            ],
        };
        (Run windows, Run dense) = Pair(settings, 20);
        SmallNetwork.RunToEnd(windows.Engine);
        SmallNetwork.RunToEnd(dense.Engine);
        AssertNear(Activity(dense.Engine), Activity(windows.Engine), 1e-4f);
    }

    [Theory]
    [InlineData("convolution")]
    [InlineData("local")]
    public void The_copies_of_a_projection_begin_as_each_others_transpose_within_the_bound_of_Glorot(string kind)
    {
        Run run = Prepare(SmallWindows.Settings(kind), 1);
        NetworkWeights weights = NetworkWeights.Of(run.Network, run.Engine.Slices);
        ProjectionPlan forward = run.Network.Projections[1];
        Assert.Equal(1, weights.Symmetry(forward), 1e-9);
        double bound = Math.Sqrt(6 / (forward.Connectivity!.FanIn + forward.Connectivity.FanOut));
        double largest = weights.Weights[1].Max(Math.Abs);
        Assert.InRange(largest, 0.9 * bound, bound);
    }

    [Fact]
    public void Weights_from_elsewhere_come_back_as_they_are()
    {
        Run run = Prepare(SmallWindows.Cut(SmallWindows.Settings("local"), 3), 1);
        NetworkWeights drawn = NetworkWeights.Of(run.Network, run.Engine.Slices);
        NetworkPlan begun = run.Network.BeginningWith(drawn);
        NetworkWeights back = NetworkWeights.Of(begun, begun.Slices.Select(slice => begun.CreateSlice(slice)));
        Assert.Equal(drawn.Weights, back.Weights);
        Assert.Equal(drawn.Biases, back.Biases);
    }

    [Fact]
    public void A_population_that_a_convolution_reaches_has_a_bias_for_each_channel()
    {
        Run run = Prepare(SmallWindows.Settings("local"), 10);
        SmallNetwork.RunToEnd(run.Engine);
        PopulationSlice lower = run.Engine.Slices[1];
        PopulationSlice upper = run.Engine.Slices[2];
        Assert.Equal((4, 36), (lower.Bias!.Count, upper.Bias!.Count));
        Assert.NotEqual(0, lower.Bias.Own[1]);
        Assert.All(lower.Bias.Values[36..72].ToArray(), value => Assert.Equal(lower.Bias.Own[1], value));
    }

    [Fact]
    public void Fixed_weights_stay_and_are_not_counted()
    {
        Run run = Prepare(SmallWindows.Settings("pooling"), 10);
        SmallNetwork.RunToEnd(run.Engine);
        SynapseGroup pooling = run.Engine.Slices[2].Synapses[0];
        Assert.Equal(0.25f, pooling.Weights[0, 0]);
        Assert.Equal(0, run.Network.Projections[1].StoredWeights);
        Assert.Empty(NetworkWeights.Of(run.Network, run.Engine.Slices).Weights[1]);
        Assert.False(run.Engine.Slices[2].Bias!.IsPresent);
    }

    private static NetworkSettings Faulty(NetworkSettings settings) => settings with
    {
        Links = SmallNetwork.Faulty,
        Clocks = settings.Clocks with { Jitter = 0.2 },
    };

    private static NetworkSettings With(NetworkSettings settings, string rule)
    {
        string[] words = rule.Split(", ");
        RuleSettings named = words[0] == "isd"
            ? new IsdSettings { Timing = UpdateTiming.Continuous }
            : NamedSettings.Rule(words[0], settings.Model);
        bool alternates = words[0] is "paired" or "asymmetric-ep";
        return settings with
        {
            Learning = new()
            {
                Rule = named,
                Batch = words.Contains("batch") ? 3 : 1,
                Optimiser = new() { Kind = words.Contains("adam") ? OptimiserKind.Adam : OptimiserKind.Sgd },
                Decay = 0.001,
            },
            Phases = new()
            {
                Order = alternates ? PhaseOrder.Alternating : PhaseOrder.Bernoulli,
                B = words.Contains("optimal b") ? PhaseProbability.Optimal : 0.5,
            },
        };
    }

    private static (Run Windows, Run Dense) Pair(NetworkSettings settings, long presentations)
    {
        Run windows = Prepare(settings, presentations);
        NetworkWeights weights = NetworkWeights.Of(windows.Network, windows.Engine.Slices);
        NetworkPlan dense = NetworkCompiler.Compile(SmallWindows.WrittenOut(settings), presentations / settings.Lanes)
            .BeginningWith(weights.WrittenOut(windows.Network));
        return (windows, Start(dense, presentations, 1));
    }

    private static Run Prepare(NetworkSettings settings, long presentations, int loops = 1) =>
        Start(NetworkCompiler.Compile(settings, presentations / settings.Lanes), presentations, loops);

    private static Run Start(NetworkPlan network, long presentations, int loops)
    {
        var schedule = new TrainingSchedule(network, new(presentations, 4, 6), SmallWindows.Examples, SmallWindows.Examples);
        return new(network, new(network, schedule, loops: loops));
    }

    private static float[] Activity(VirtualEngine engine)
    {
        var all = new List<float>();
        foreach (PopulationSlice slice in engine.Slices)
        {
            float[] activity = new float[slice.Lanes * slice.Plan.Count];
            slice.CopyActivity(activity);
            all.AddRange(activity);
        }

        return [.. all];
    }

    private static double[] Difference(float[] a, float[] b) => [.. a.Zip(b, (x, y) => (double)x - y)];

    private static void AssertNear(double[] expected, double[] found, double tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], tolerance);
    }

    private static void AssertNear(float[] expected, float[] found, float tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], tolerance);
    }

    private sealed record Run(NetworkPlan Network, VirtualEngine Engine);
}
