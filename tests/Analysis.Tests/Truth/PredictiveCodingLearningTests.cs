using Nudge.Networks;
using Nudge.Numerics;
using Nudge.Phases;
using Nudge.Populations;
using Nudge.Testing;
using Nudge.Training;
using Nudge.Truth;
using Nudge.VirtualTime;

namespace Nudge.Analysis.Tests.Truth;

/// <summary>Predictive coding by the rule isd: the mean of its updates, and that it learns under faults.</summary>
public sealed class PredictiveCodingLearningTests
{
    private const int Errors = 4;
    private static readonly VectorExamples Examples = VectorExamples.Spread(6, 4, 3);

    [Theory]
    [InlineData(0.2, 0.5)]
    [InlineData(0.5, 1)]
    [InlineData(0.9, 4)]
    public void Its_mean_update_is_the_exact_contrast_for_every_b_and_variance(double b, double variance)
    {
        TruthReading reading = Read(Settings(b, variance));
        Assert.True(reading.All.SlopeError < 0.1, $"the test sees nothing: {reading.All}");
        Assert.True(Math.Abs(reading.All.Slope - 1) < Errors * reading.All.SlopeError, string.Join("\n", reading.Parts));
        Assert.True(reading.All.Bias < Errors * reading.All.BiasError, $"{reading.All}");
        Assert.True(reading.All.Cosine > 0.98, $"{reading.All}");
    }

    [Fact]
    public void Free_phases_add_almost_nothing_to_the_variance()
    {
        (NetworkPlan network, NetworkWeights weights) = Begin(Settings(0.5, 1));
        UpdateStatistics seen = new UpdateProbe(network, weights, Examples).Run(1000);
        double positive = seen.Projections.Values.Sum(one => one.StatisticSquares(true));
        double negative = seen.Projections.Values.Sum(one => one.StatisticSquares(false));
        Assert.True(positive > 0);
        Assert.InRange(negative / positive, 0, 1e-6);
    }

    [Fact]
    public void It_learns_exclusive_or_over_lossy_and_late_links()
    {
        NetworkSettings plain = SmallHierarchy.Settings([2, 16, 2]);
        NetworkSettings settings = plain with
        {
            Projections =
            [
                // At the usual small gain tanh units are linear, and no linear unit gains anything on this task.
                .. plain.Projections.Select(pair => KeyValuePair.Create(
                    pair.Key,
                    pair.Value.From == "in"
                        ? pair.Value with { Rate = 0.05, Gain = 3 }
                        : pair.Value with { Rate = 0.02, Gain = 1 })),
            ],
            Links = SmallNetwork.Faulty,
        };
        (VirtualEngine engine, TrainingSchedule schedule, _) = SmallNetwork.Prepare(settings, 5000, VectorExamples.Xor());
        SmallNetwork.RunToEnd(engine);
        Assert.Equal(1, schedule.Evaluations[^1].Accuracy);
    }

    private static NetworkSettings Settings(double b, double variance) =>
        SmallHierarchy.Settings([4, 8, 5, 3], Activation.Tanh, variance) with
        {
            Phases = new()
            {
                B = b,
                PerStimulus = 1,
                Length = new() { Law = PhaseLengthLaw.Fixed, Floor = 0, Mean = 40 },
            },
        };

    private static (NetworkPlan Network, NetworkWeights Weights) Begin(NetworkSettings settings)
    {
        (VirtualEngine engine, _, NetworkPlan network) = SmallNetwork.Prepare(settings, 1000, Examples);
        return (network, NetworkWeights.Of(network, engine.Slices));
    }

    private static TruthReading Read(NetworkSettings settings)
    {
        (NetworkPlan network, NetworkWeights weights) = Begin(settings);
        return TruthMeter.Read(network, weights, Examples, 4000);
    }
}
