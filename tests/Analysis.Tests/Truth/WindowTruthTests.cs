using Nudge.Audit;
using Nudge.Models;
using Nudge.Networks;
using Nudge.Oracles;
using Nudge.Phases;
using Nudge.Plasticity.Rules;
using Nudge.Populations;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.Truth;

namespace Nudge.Analysis.Tests.Truth;

/// <summary>Gradients by shared weights: exact ones against finite differences, and those that a network learns by.</summary>
public sealed class WindowTruthTests
{
    private const double Nudge = 1e-6;

    public static TheoryData<string> Kinds => [.. SmallWindows.Kinds.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_exact_descent_is_minus_the_slope_of_the_cost_by_each_shared_weight(string kind)
    {
        (NetworkPlan network, NetworkWeights weights) = Begin(Settings(kind));
        GradientVector descent = ExactReferences.Of(network, weights, SmallWindows.Examples).CostDescent!;
        Assert.True(descent.Norm() > 0.01, $"the test sees little: length {descent.Norm()}");
        var oracle = new EquilibriumGradient(network, weights.WrittenOut(network), SmallWindows.Examples);
        foreach (ProjectionPlan projection in network.Projections.Where(one => one.Connectivity is not null && !one.IsBackward))
        {
            for (int place = 0; place < projection.WeightCount; place += 1 + (projection.WeightCount / 7))
            {
                int at = place;
                double slope = Slope(oracle, step => Move(oracle.Parameters, projection, at, step));
                Assert.Equal(-slope, descent.Weights[projection.Index][place], 1e-7);
            }
        }

        double[] bias = oracle.Parameters.Biases[1];
        double shared = Slope(oracle, step =>
        {
            for (int unit = 36; unit < 72; unit++)
                bias[unit] += step;
        });
        Assert.Equal(-shared, descent.Biases[1][1], 1e-7);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_network_with_windows_learns_the_contrast(string kind)
    {
        (NetworkPlan network, NetworkWeights weights) = Begin(Settings(kind));
        TruthReading reading = TruthMeter.Read(network, weights, SmallWindows.Examples, 600);
        Assert.True(reading.All.SlopeError < 0.2, $"the test sees nothing: {reading.All}");
        Assert.True(Math.Abs(reading.All.Slope - 1) < 4 * reading.All.SlopeError, string.Join("\n", reading.Parts));
        Assert.True(reading.All.Cosine > 0.95, $"cosine {reading.All.Cosine}");
    }

    [Theory]
    [InlineData("isd", "convolution")]
    [InlineData("differential-isd", "convolution")]
    [InlineData("derivative-isd", "local")]
    [InlineData("asymmetric-ep, adam", "convolution")]
    [InlineData("isd, batch", "pooling")]
    public void What_is_carried_at_shared_weights_falls_under_a_named_exception(string rule, string kind)
    {
        string[] words = rule.Split(", ");
        NetworkSettings settings = SmallWindows.Cut(Settings(kind), 2);
        settings = settings with
        {
            Links = SmallNetwork.Faulty,
            Learning = new()
            {
                Rule = NamedSettings.Rule(words[0], settings.Model),
                Batch = words.Contains("batch") ? 3 : 1,
                Optimiser = new() { Kind = words.Contains("adam") ? Synapses.OptimiserKind.Adam : Synapses.OptimiserKind.Sgd },
            },
            Phases = settings.Phases with { Order = words[0] == "asymmetric-ep" ? PhaseOrder.Alternating : PhaseOrder.Bernoulli },
        };
        CarriedReport report = CarriedState.Measure(NetworkCompiler.Compile(settings, 1000), SmallWindows.Examples);
        Assert.All(report.Fields, field => Assert.NotNull(field.Exception));
        Assert.Equal(rule == "isd", report.Bytes == 0);
    }

    private static NetworkSettings Settings(string kind) => SmallWindows.Settings(kind, gain: 0.4) with
    {
        Learning = new() { Rule = new DifferentialIsdSettings() },
        Phases = new() { PerStimulus = 2, Length = new() { Law = PhaseLengthLaw.Fixed, Floor = 0, Mean = 20 } },
    };

    private static (NetworkPlan Network, NetworkWeights Weights) Begin(NetworkSettings settings)
    {
        NetworkPlan network = NetworkCompiler.Compile(settings, 1000);
        PopulationSlice[] slices = [.. network.Slices.Select(slice => network.CreateSlice(slice))];
        foreach (PopulationSlice slice in slices.Where(slice => slice.Bias is not null))
            slice.Bias!.Set([.. Enumerable.Range(0, slice.Bias.Count).Select(i => 0.15f + (0.3f * i / slice.Bias.Count))]);
        return (network, NetworkWeights.Of(network, slices));
    }

    private static void Move(ExactWeights parameters, ProjectionPlan projection, int place, double step)
    {
        Connectivity table = projection.Connectivity!;
        (int channel, int fileColumn) = Math.DivRem(place, table.FileColumnCount);
        (int sources, int targets) = (projection.Source.Size, projection.Target.Size);
        table.Visit((position, column, unit) =>
        {
            if (table.FileColumnOf(column) != fileColumn)
                return;
            int target = (channel * table.Target.Positions) + position;
            parameters.Weights[projection.Index][(target * sources) + unit] += step;
            if (projection.Reverse >= 0)
                parameters.Weights[projection.Reverse][(unit * targets) + target] += step;
        });
    }

    private static double Slope(EquilibriumGradient oracle, Action<double> move)
    {
        double MeanCost() => Enumerable.Range(0, SmallWindows.Examples.Count).Average(oracle.Cost);
        move(Nudge);
        double up = MeanCost();
        move(-2 * Nudge);
        double down = MeanCost();
        move(Nudge);
        return (up - down) / (2 * Nudge);
    }
}
