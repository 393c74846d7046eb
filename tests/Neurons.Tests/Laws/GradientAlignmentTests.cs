using Nudge.Models.EquilibriumPropagation;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Populations;
using Nudge.Testing;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Laws;

/// <summary>
/// The summed updates of each rule point where the mathematics requires (recipes, laws 1 and 2; theory §2, §3b).
/// </summary>
public sealed class GradientAlignmentTests
{
    private const double Gain = 0.4;
    private static readonly VectorExamples Examples = VectorExamples.Spread(6, 4, 3);

    [Fact]
    public void Paired_updates_at_a_small_nudge_descend_the_cost()
    {
        (double below, double above) = Alignment(
            "paired", new() { Beta = 0.02 }, new() { Order = PhaseOrder.Alternating }, 300, 1, 0.02, againstCost: true);
        Assert.True(below > 0.99, $"input weights: cosine {below}");
        Assert.True(above > 0.99, $"output weights: cosine {above}");
    }

    [Theory]
    [InlineData("paired", 600, 0.5)]
    [InlineData("differential-isd", 24_000, 0.5)]
    [InlineData("differential-isd", 48_000, 0.2)]
    [InlineData("differential-isd", 48_000, 0.8)]
    public void Rules_with_a_snapshot_have_the_direction_of_the_contrast_for_every_b(
        string rule, long presentations, double b)
    {
        PhaseOrder order = rule == "paired" ? PhaseOrder.Alternating : PhaseOrder.Bernoulli;
        var phases = new PhaseSettings { Order = order, B = b };
        (double below, double above) = Alignment(rule, new() { Beta = 1 }, phases, presentations, 4, 1, againstCost: false);
        Assert.True(below > 0.97, $"input weights: cosine {below}");
        Assert.True(above > 0.97, $"output weights: cosine {above}");
    }

    /// <summary>
    /// The paper's rule is too noisy for a cosine; its mean is not. The mean update's length along the contrast is 1 within
    /// its own standard error, which a wrong importance would miss by far more, since E[g] would not be 0.
    /// </summary>
    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public void Isd_has_the_mean_of_the_contrast_for_every_b(double b)
    {
        const int Seeds = 8;
        const long Presentations = 96_000;
        double[] lengths =
        [
            .. Enumerable.Range(1, Seeds).Select(seed => LengthAlongContrast(b, (ulong)seed, Presentations)),
        ];
        double mean = lengths.Average();
        double error = Math.Sqrt(lengths.Sum(value => (value - mean) * (value - mean)) / (Seeds - 1) / Seeds);
        Assert.True(error < 0.5, $"the test sees nothing: standard error {error}");
        Assert.True(Math.Abs(mean - 1) < 4 * error, $"mean {mean} ± {error} over seeds 1 to {Seeds}");
    }

    private static double LengthAlongContrast(double b, ulong seed, long presentations)
    {
        const int Lanes = 32;
        const double Rate = 1e-6;
        NetworkSettings settings = Settings(
            "isd", new() { Beta = 1 }, new() { B = b }, Rate, Lanes, 16) with
        { Seed = seed };
        (NetworkWeights before, NetworkWeights after) = Train(settings, presentations);
        var reference = new TwoLayerEquilibrium(before.Weights[0], before.Weights[1], before.Biases[1], before.Biases[2]);
        (double[] below, double[] above) = reference.Contrast(Examples, 1);
        double[] contrast = [.. below, .. above];
        double[] update = [.. Difference(before.Weights[0], after.Weights[0]), .. Difference(before.Weights[1], after.Weights[1])];
        double scale = presentations / Lanes * Rate * contrast.Sum(value => value * value);
        return update.Zip(contrast, (u, c) => u * c).Sum() / scale;
    }

    private static (double Below, double Above) Alignment(
        string rule,
        EquilibriumPropagationSettings model,
        PhaseSettings phases,
        long presentations,
        int lanes,
        double beta,
        bool againstCost)
    {
        // So small a rate that the weights hardly move: the sum of updates is then the mean update times their number.
        double rate = 2e-2 / presentations * lanes;
        NetworkSettings settings = Settings(rule, model, phases, rate, lanes, rule == "paired" ? 40 : 16);
        (NetworkWeights before, NetworkWeights after) = Train(settings, presentations);
        var reference = new TwoLayerEquilibrium(before.Weights[0], before.Weights[1], before.Biases[1], before.Biases[2]);
        (double[] below, double[] above) =
            againstCost ? reference.CostDescent(Examples) : reference.Contrast(Examples, beta);
        return (
            TwoLayerEquilibrium.Cosine(Difference(before.Weights[0], after.Weights[0]), below),
            TwoLayerEquilibrium.Cosine(Difference(before.Weights[1], after.Weights[1]), above));
    }

    private static NetworkSettings Settings(
        string rule, EquilibriumPropagationSettings model, PhaseSettings phases, double rate, int lanes, double length)
    {
        NetworkSettings plain = SmallNetwork.Settings(4, 8, 3, rate);
        return plain with
        {
            // A symmetric start: seed and gain keep all units inside (0, 1), where the fixed point is smooth.
            Projections = [.. plain.Projections.Select(pair => KeyValuePair.Create(pair.Key, pair.Value with { Gain = Gain }))],
            Learning = new() { Rule = NamedSettings.Rule(rule, model) },
            Model = model,
            Lanes = lanes,
            Phases = phases with
            {
                PerStimulus = rule == "isd" ? 1 : 2,
                Length = new() { Law = PhaseLengthLaw.Fixed, Floor = 0, Mean = length },
            },
        };
    }

    private static (NetworkWeights Before, NetworkWeights After) Train(NetworkSettings settings, long presentations)
    {
        (VirtualEngine engine, _, NetworkPlan network) = SmallNetwork.Prepare(settings, presentations, Examples);
        SetBiases(engine);
        NetworkWeights before = NetworkWeights.Of(network, engine.Slices);
        SmallNetwork.RunToEnd(engine);
        return (before, NetworkWeights.Of(network, engine.Slices));
    }

    private static void SetBiases(VirtualEngine engine)
    {
        foreach (PopulationSlice slice in engine.Slices)
            slice.Bias?.Set([.. Enumerable.Range(0, slice.Plan.Count).Select(i => 0.15f + (0.3f * i / slice.Plan.Count))]);
    }

    private static double[] Difference(float[] before, float[] after) =>
        [.. before.Zip(after, (a, b) => (double)b - a)];
}
