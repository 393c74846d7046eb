using Nudge.Networks;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Testing;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Laws;

/// <summary>The summed updates of each rule point where the mathematics says (recipes, laws 1 and 2; theory §2, §3b).</summary>
public sealed class GradientAlignmentTests
{
    private const double Gain = 0.7;
    private static readonly VectorExamples Examples = VectorExamples.Spread(6, 4, 3);

    [Fact]
    public void Paired_updates_at_a_small_nudge_descend_the_cost()
    {
        (double below, double above) = Alignment(
            RuleKind.Paired, new() { Beta = 0.02 }, new() { Order = PhaseOrder.Alternating }, 300, 1, 0.02, againstCost: true);
        Assert.True(below > 0.99, $"input weights: cosine {below}");
        Assert.True(above > 0.99, $"output weights: cosine {above}");
    }

    [Theory]
    [InlineData(RuleKind.Paired, 600, 1, 0.5, 0.99)]
    [InlineData(RuleKind.DifferentialIsd, 24_000, 4, 0.5, 0.98)]
    [InlineData(RuleKind.Isd, 480_000, 32, 0.5, 0.97)]
    [InlineData(RuleKind.Isd, 960_000, 32, 0.2, 0.97)]
    [InlineData(RuleKind.Isd, 960_000, 32, 0.8, 0.97)]
    [InlineData(RuleKind.DifferentialIsd, 48_000, 4, 0.2, 0.97)]
    [InlineData(RuleKind.DifferentialIsd, 48_000, 4, 0.8, 0.97)]
    public void Every_estimator_has_the_mean_of_the_contrast_for_every_b(
        RuleKind rule, long presentations, int lanes, double b, double least)
    {
        PhaseOrder order = rule == RuleKind.Paired ? PhaseOrder.Alternating : PhaseOrder.Bernoulli;
        var phases = new PhaseSettings { Order = order, B = b };
        (double below, double above) =
            Alignment(rule, new() { Beta = 1 }, phases, presentations, lanes, 1, againstCost: false);
        Assert.True(below > least, $"input weights: cosine {below}");
        Assert.True(above > least, $"output weights: cosine {above}");
    }

    private static (double Below, double Above) Alignment(
        RuleKind rule,
        ModelSettings model,
        PhaseSettings phases,
        long presentations,
        int lanes,
        double beta,
        bool againstCost)
    {
        // So small a rate that the weights hardly move: the sum of updates is then the mean update times their number.
        double rate = 2e-2 / presentations * lanes;
        NetworkSettings plain = SmallNetwork.Settings(4, 8, 3, rate);
        NetworkSettings settings = plain with
        {
            Projections = [.. plain.Projections.Select(pair => KeyValuePair.Create(pair.Key, pair.Value with { Gain = Gain }))],
            Learning = new() { Rule = rule },
            Model = model,
            Lanes = lanes,
            Phases = phases with
            {
                PerStimulus = rule == RuleKind.Isd ? 1 : 2,
                Length = new() { Law = PhaseLengthLaw.Fixed, Floor = 0, Mean = rule == RuleKind.Paired ? 40 : 16 },
            },
        };
        (VirtualEngine engine, _, NetworkPlan network) = SmallNetwork.Prepare(settings, presentations, Examples);
        SetBiases(engine);
        NetworkWeights before = NetworkWeights.Of(network, engine.Slices);
        SmallNetwork.RunToEnd(engine);
        NetworkWeights after = NetworkWeights.Of(network, engine.Slices);
        var reference = new EquilibriumReference(before.Weights[0], before.Weights[1], before.Biases[1], before.Biases[2]);
        (double[] below, double[] above) =
            againstCost ? reference.CostDescent(Examples) : reference.Contrast(Examples, beta);
        return (
            EquilibriumReference.Cosine(Difference(before.Weights[0], after.Weights[0]), below),
            EquilibriumReference.Cosine(Difference(before.Weights[1], after.Weights[1]), above));
    }

    private static void SetBiases(VirtualEngine engine)
    {
        foreach (PopulationSlice slice in engine.Slices)
            slice.Bias?.Set([.. Enumerable.Range(0, slice.Plan.Count).Select(i => 0.15f + (0.3f * i / slice.Plan.Count))]);
    }

    private static double[] Difference(float[] before, float[] after) =>
        [.. before.Zip(after, (a, b) => (double)b - a)];
}
