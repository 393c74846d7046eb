using Nudge.Links;
using Nudge.Models.BoltzmannMachine;
using Nudge.Models.EquilibriumPropagation;
using Nudge.Models.HelmholtzMachine;
using Nudge.Networks;
using Nudge.Oracles;
using Nudge.Phases;
using Nudge.Plasticity.Rules;
using Nudge.Populations;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.Training;

namespace Nudge.Neurons.Tests.Actors;

/// <summary>What a run left behind, on whichever engine.</summary>
public sealed record Outcome(
    IReadOnlyList<Evaluation> Evaluations,
    IReadOnlyList<LedgerEntry> Ledger,
    IReadOnlyDictionary<string, LearningTally> Learned,
    NetworkWeights Weights);

/// <summary>The promises that every engine keeps; each engine's test class inherits them.</summary>
public abstract class EngineContract
{
    protected abstract Task<Outcome> RunAsync(NetworkSettings settings, long presentations, VectorExamples examples);

    [Fact]
    public async Task It_shows_every_held_out_example_once_and_ends()
    {
        Outcome outcome = await RunAsync(SmallNetwork.Settings(4, 8, 3), 20, VectorExamples.Spread(9, 4, 3));
        Evaluation last = Assert.Single(outcome.Evaluations);
        Assert.Equal(9, last.Examples);
        Assert.Equal(20, last.Presentations);
    }

    [Theory]
    [InlineData(GranularityKind.Layer)]
    [InlineData(GranularityKind.Slice)]
    [InlineData(GranularityKind.Neuron)]
    public async Task Every_message_is_accounted_for_at_every_granularity(GranularityKind kind)
    {
        NetworkSettings settings = SmallNetwork.Settings(4, 9, 3) with
        {
            Granularity = new(kind, 4),
            Links = SmallNetwork.Faulty with
            {
                Control = new() { Loss = new IndependentLoss { Rate = 0.2 } },
            },
        };
        Outcome outcome = await RunAsync(settings, 30, VectorExamples.Spread(6, 4, 3));
        Assert.All(outcome.Ledger, link => Assert.Equal(0, link.Unaccounted));
        Assert.All(outcome.Ledger, link => Assert.True(link.Sent > 0, link.Link));
        LedgerEntry activity = LedgerEntry.Sum("", outcome.Ledger.Where(link => !link.Link.StartsWith("coordinator", StringComparison.Ordinal)));
        Assert.InRange(activity.Lost / (double)activity.Sent, 0.05, 0.15);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task It_learns_three_classes_under_loss_and_delay(int lanes)
    {
        NetworkSettings settings = SmallNetwork.Settings(6, 16, 3, 0.03) with
        {
            Links = SmallNetwork.Faulty,
            Clocks = new() { Jitter = 0.2 },
            // Some decay keeps the loop of weights from holding on to an old answer.
            Learning = new() { Decay = 1e-3 },
            Lanes = lanes,
        };
        Outcome outcome = await RunAsync(settings, 800 * lanes, VectorExamples.Corners(3));
        // Chance is a third; actors are free to run otherwise every time, so one example of six may be on the edge.
        Assert.True(outcome.Evaluations[^1].Accuracy >= 0.8, $"accuracy {outcome.Evaluations[^1].Accuracy}");
        Assert.All(outcome.Learned.Where(pair => pair.Key != "in"), pair => Assert.True(pair.Value.Positive > 0));
    }

    [Fact]
    public async Task It_learns_all_the_time_with_the_continuous_rule()
    {
        NetworkSettings settings = SmallNetwork.Settings(4, 8, 3, 0.001) with
        {
            Learning = new() { Rule = new IsdSettings { Timing = UpdateTiming.Continuous } },
            Model = new EquilibriumPropagationSettings { Output = OutputDrive.Clamped },
        };
        Outcome outcome = await RunAsync(settings, 20, VectorExamples.Spread(6, 4, 3));
        // 40 phases of 48 mean steps: far more updates than phases.
        LearningTally hidden = outcome.Learned["hidden"];
        Assert.True(hidden.Positive + hidden.Negative > 400, $"{hidden}");
    }

    [Fact]
    public async Task Tags_that_are_broadcast_teach_as_well()
    {
        NetworkSettings settings = SmallNetwork.Settings(4, 8, 3) with
        {
            Learning = new() { Tags = TagTransport.Broadcast },
        };
        Outcome outcome = await RunAsync(settings, 60, VectorExamples.Spread(6, 4, 3));
        Assert.True(outcome.Learned["hidden"].Positive + outcome.Learned["hidden"].Negative > 30);
        Assert.Contains(outcome.Ledger, link => link.Link == "coordinator.phase" && link.Delivered > 0);
    }

    public static TheoryData<string> Models =>
        [.. EveryModel.OfEachModel, "rbm", "rbm, CD", "rbm, labels", "sbm", "ff", "ff, by goodness"];

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Every_model_learns_in_both_polarities_and_accounts_for_every_message(string model)
    {
        NetworkSettings settings = EveryModel.Settings(model) with { Links = SmallNetwork.Faulty };
        Outcome outcome = await RunAsync(settings, 120 * settings.Lanes, EveryModel.Examples(model));
        Assert.All(outcome.Ledger, link => Assert.Equal(0, link.Unaccounted));
        Assert.All(outcome.Ledger, link => Assert.True(link.Sent > 0, link.Link));
        bool paired = settings.Learning.Rule is PairedSettings;
        bool machine = settings.Model is BoltzmannMachineSettings;
        foreach ((string population, LearningTally learned) in outcome.Learned.Where(pair => machine || pair.Key != "in"))
        {
            // A pair is learned at its second phase: the negative one of a Boltzmann machine.
            Assert.True(learned.Positive > 0 || (paired && machine), $"{population}: {learned}");
            Assert.True(learned.Negative > 0 || (paired && !machine), $"{population}: {learned}");
        }

        bool answers = settings.Model is not HelmholtzMachineSettings && (!machine || model == "rbm, labels");
        Assert.Equal(answers ? 1 : 0, outcome.Evaluations.Count);
        Assert.All(outcome.Evaluations, evaluation => Assert.Equal(10, evaluation.Examples));
    }

    [Theory]
    [InlineData("equilibrium-propagation, oscillation")]
    [InlineData("equilibrium-propagation, memory-kernel")]
    public async Task Rules_that_read_no_sign_learn_within_phases_that_are_all_alike(string model)
    {
        NetworkSettings settings = EveryModel.Settings(model) with { Links = SmallNetwork.Faulty };
        Outcome outcome = await RunAsync(settings, 60, EveryModel.Examples(model));
        Assert.All(outcome.Ledger, link => Assert.Equal(0, link.Unaccounted));
        foreach ((string population, LearningTally learned) in outcome.Learned.Where(pair => pair.Key != "in"))
        {
            Assert.True(learned.Positive > 30, $"{population}: {learned}");
            Assert.Equal(0, learned.Negative);
            Assert.Equal(0, learned.WrongSign);
        }
    }

    [Fact]
    public async Task A_Boltzmann_machine_comes_nearer_to_bars_and_stripes()
    {
        IReadOnlyList<float[]> rows = BarsAndStripes.Rows(2);
        VectorExamples examples = SmallMachine.Examples(rows);
        // First weights large enough that no two hidden units begin alike: else they stay so for a long time.
        NetworkSettings plain = SmallMachine.Settings(4, 4, 0.3).WithVisibleBiases(0.3).WithProjections(
            projection => projection with { Schedule = new() { Law = RateLaw.Linear }, Deviation = 1.5 });
        NetworkSettings settings = plain.WithMachine(model => model with { Statistic = UnitStatistic.Probability })
            .WithIsd(rule => rule with { Centring = 1e-3 }) with
        { Lanes = 8 };
        NetworkPlan network = NetworkCompiler.Compile(settings, 1);
        double before = NatsOf(
            NetworkWeights.Of(network, network.Slices.Select(slice => network.CreateSlice(slice))), rows);
        Outcome outcome = await RunAsync(settings, 24_000, examples);
        double after = NatsOf(outcome.Weights, rows);
        string learned = string.Join("; ", outcome.Learned);
        // Actors run otherwise every time, so that this asks for less than virtual time's own tests do.
        Assert.True(after < 0.85 * before, $"seed {settings.Seed}: {before} nats, then {after}; learned {learned}");
    }

    private static double NatsOf(NetworkWeights weights, IReadOnlyList<float[]> rows) =>
        ExactBoltzmann.NegativeLogLikelihood(
            BoltzmannParameters.Of(weights.Weights[0], weights.Biases[1], weights.Biases[0]), rows);
}
