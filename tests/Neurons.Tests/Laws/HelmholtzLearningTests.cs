using Nudge.Models.HelmholtzMachine;
using Nudge.Networks;
using Nudge.Oracles;
using Nudge.Phases;
using Nudge.Plasticity.Rules;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Laws;

/// <summary>Helmholtz machines on a set small enough for exact likelihoods: 3×3 bars and stripes.</summary>
public sealed class HelmholtzLearningTests
{
    private const int Side = 3;
    private static readonly IReadOnlyList<float[]> Rows = BarsAndStripes.Rows(Side);

    // No model at all: every pattern alike.
    private static readonly double Uniform = Rows.Count * Side * Side * Math.Log(2);

    public static TheoryData<string> Ways => ["wake-sleep", "one hidden layer", "late and lossy", "alternating", "continuous"];

    [Theory]
    [MemberData(nameof(Ways))]
    public void Wake_sleep_halves_what_bars_and_stripes_cost(string way)
    {
        (VirtualEngine engine, _, NetworkPlan network) =
            SmallNetwork.Prepare(Settings(way), 60_000, SmallMachine.Examples(Rows));
        double before = Nats(network, engine);
        SmallNetwork.RunToEnd(engine);
        double after = Nats(network, engine);
        Assert.True(before > 0.9 * Uniform, $"{way}: begins at {before}");
        // The best that any model can do is 41.6.
        Assert.True(after < 0.62 * Uniform, $"{way}: {after} nats, uniform {Uniform}");
    }

    private static double Nats(NetworkPlan network, VirtualEngine engine) =>
        ExactHelmholtz.NegativeLogLikelihood(SmallHelmholtz.ParametersOf(network, engine.Slices), Rows);

    private static NetworkSettings Settings(string way)
    {
        NetworkSettings plain = SmallHelmholtz.Settings(way == "one hidden layer" ? [9, 8] : [9, 8, 4], 0.3)
            .WithProjections(projection => projection with { Schedule = new() { Law = RateLaw.Linear } }) with
        {
            Lanes = 8,
        };
        return way switch
        {
            "late and lossy" => plain with { Links = SmallNetwork.Faulty },
            "alternating" => plain with { Phases = plain.Phases with { Order = PhaseOrder.Alternating, PerStimulus = 2 } },
            "continuous" => plain.WithRule(new HelmholtzIsdSettings { Timing = UpdateTiming.Continuous }),
            _ => plain,
        };
    }
}
