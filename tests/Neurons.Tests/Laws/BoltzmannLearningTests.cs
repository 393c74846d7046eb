using Nudge.Models.BoltzmannMachine;
using Nudge.Networks;
using Nudge.Oracles;
using Nudge.Phases;
using Nudge.Plasticity.Rules;
using Nudge.Populations;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Laws;

/// <summary>Boltzmann machines on a set small enough for exact likelihoods: 3×3 bars and stripes.</summary>
public sealed class BoltzmannLearningTests
{
    private const int Side = 3;
    private const int Hidden = 8;
    private static readonly IReadOnlyList<float[]> Rows = BarsAndStripes.Rows(Side);

    // No model at all: every pattern alike.
    private static readonly double Uniform = Rows.Count * Side * Side * Math.Log(2);

    public static TheoryData<string> Ways =>
        ["isd", "isd, fixed length", "isd, 10 % loss", "phase-end", "paired", "batch", "no visible biases", "coupled"];

    [Theory]
    [MemberData(nameof(Ways))]
    public void It_learns_bars_and_stripes(string way)
    {
        NetworkSettings settings = Settings(way);
        double nats = Train(settings, way == "coupled" ? 16_000 : 80_000);
        // The best that any model can do is 41.6.
        Assert.True(nats < 0.75 * Uniform, $"{way}, seed {settings.Seed}: {nats} nats, uniform {Uniform}");
    }

    [Theory]
    [InlineData(UpdateTiming.Continuous)]
    [InlineData(UpdateTiming.PhaseEnd)]
    public void The_two_copies_of_the_weights_stay_alike_on_ideal_links(UpdateTiming timing)
    {
        NetworkSettings settings = Settings("isd");
        (VirtualEngine engine, _, NetworkPlan network) = SmallNetwork.Prepare(
            settings.WithIsd(rule => rule with { Timing = timing }), 8000, SmallMachine.Examples(Rows));
        SmallNetwork.RunToEnd(engine);
        double symmetry = NetworkWeights.Of(network, engine.Slices).Symmetry(network.Projections[0]);
        Assert.True(symmetry > 0.98, $"cosine {symmetry}");
    }

    /// <summary>
    /// At the end of a phase each end could draw a sample of its own, and the copies would drift apart by the noise of both.
    /// </summary>
    [Fact]
    public void Populations_that_take_turns_learn_from_one_and_the_same_pair()
    {
        NetworkSettings settings =
            Settings("paired").WithMachine(model => model with { Statistic = UnitStatistic.Sample });
        settings = settings with
        {
            // Long enough for both gates to open in every phase.
            Phases = settings.Phases with { Length = new() { Law = PhaseLengthLaw.Fixed, Floor = 0, Mean = 8 * settings.Time.Step } },
        };
        (VirtualEngine engine, _, NetworkPlan network) =
            SmallNetwork.Prepare(settings, 2000, SmallMachine.Examples(Rows));
        SmallNetwork.RunToEnd(engine);
        double symmetry = NetworkWeights.Of(network, engine.Slices).Symmetry(network.Projections[0]);
        Assert.True(symmetry > 0.9999, $"cosine {symmetry}");
    }

    private static double Train(NetworkSettings settings, long presentations)
    {
        (VirtualEngine engine, _, NetworkPlan network) =
            SmallNetwork.Prepare(settings, presentations, SmallMachine.Examples(Rows));
        SmallNetwork.RunToEnd(engine);
        return ExactBoltzmann.NegativeLogLikelihood(SmallMachine.ParametersOf(network, engine.Slices), Rows);
    }

    private static NetworkSettings Settings(string way)
    {
        NetworkSettings plain = SmallMachine.Settings(Side * Side, Hidden, 0.15, way == "coupled")
            .WithProjections(projection => projection with { Schedule = new() { Law = RateLaw.Linear } });
        plain = plain with { Lanes = way == "coupled" ? 1 : 8 };
        plain = plain.WithMachine(model => model with { Statistic = UnitStatistic.Probability })
            .WithIsd(rule => rule with { Centring = way == "coupled" ? 0 : 1e-3 });
        if (way != "no visible biases")
            plain = plain.WithVisibleBiases(0.15);
        return way switch
        {
            "isd, fixed length" => plain with
            {
                Phases = plain.Phases with { Length = plain.Phases.Length with { Law = PhaseLengthLaw.Fixed } },
            },
            "isd, 10 % loss" => plain with
            {
                Links = new() { Activity = new() { Loss = SmallNetwork.Faulty.Activity.Loss } },
            },
            "phase-end" => plain.WithProjections(projection => projection with { Rate = 0.1 })
                .WithIsd(rule => rule with { Timing = UpdateTiming.PhaseEnd }),
            "batch" => (plain with { Learning = plain.Learning with { Batch = 2 } })
                .WithProjections(projection => projection with { Rate = 0.05 })
                .WithIsd(rule => rule with { Timing = UpdateTiming.PhaseEnd }),
            "paired" => plain.WithRule("paired") with
            {
                Phases = plain.Phases with { Order = PhaseOrder.Alternating, PerStimulus = 2 },
            },
            "coupled" => plain.WithProjections(projection => projection with { Rate = 0.05 }),
            _ => plain,
        };
    }
}
