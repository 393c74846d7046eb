using Nudge.Models.DualPropagation;
using Nudge.Networks;
using Nudge.Numerics;
using Nudge.Phases;
using Nudge.Populations;
using Nudge.Testing;
using Nudge.Training;
using Nudge.Truth;
using Nudge.VirtualTime;

namespace Nudge.Analysis.Tests.Truth;

/// <summary>Dual propagation by the rule isd: the mean of its updates, what the coin of the polarity costs, and that it learns under faults.</summary>
public sealed class DualPropagationLearningTests
{
    private const int Errors = 4;
    private static readonly VectorExamples Examples = VectorExamples.Spread(6, 4, 3);

    [Theory]
    [InlineData(0.2, 0.5, OppositePhase.Free)]
    [InlineData(0.5, 1, OppositePhase.Free)]
    [InlineData(0.5, 1, OppositePhase.Opposed)]
    [InlineData(0.3, 0.25, OppositePhase.Opposed)]
    public void Its_mean_update_is_the_exact_contrast_for_every_b_and_nudge(double b, double beta, OppositePhase negative)
    {
        (NetworkPlan network, NetworkWeights weights) = Begin(Settings(b, beta, negative));
        TruthReading reading = TruthMeter.Read(network, weights, Examples, 1000);
        Assert.True(reading.All.SlopeError < 0.1, $"the test sees nothing: {reading.All}");
        Assert.True(Math.Abs(reading.All.Slope - 1) < Math.Max(Errors * reading.All.SlopeError, 1e-3), string.Join("\n", reading.Parts));
        Assert.True(reading.All.Cosine > 0.98, $"{reading.All}");
        Assert.True(reading.CostCosine > 0.95, $"{reading.CostCosine}");
    }

    [Fact]
    public void Opposed_phases_teach_alike_so_that_the_coin_adds_no_variance()
    {
        (NetworkPlan network, NetworkWeights weights) = Begin(Settings(0.5, 1, OppositePhase.Opposed));
        UpdateStatistics seen = new UpdateProbe(network, weights, Examples).Run(1000);
        double positive = seen.Projections.Values.Sum(one => one.StatisticSquares(true));
        double negative = seen.Projections.Values.Sum(one => one.StatisticSquares(false));
        Assert.True(positive > 0);
        Assert.InRange(negative / positive, 0.8, 1.25);
        // Of one and the same example there is nothing to vary at all.
        var one = new ExampleSubset(Examples, 1);
        TruthReading single = TruthMeter.Read(network, weights, one, 200);
        Assert.InRange(single.All.SlopeError, 0, 1e-4);
    }

    [Fact]
    public void It_learns_exclusive_or_over_lossy_and_late_links()
    {
        NetworkSettings plain = SmallHierarchy.Settings([2, 16, 2]);
        NetworkSettings settings = plain with
        {
            Model = new DualPropagationSettings(),
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

    private static NetworkSettings Settings(double b, double beta, OppositePhase negative) =>
        SmallHierarchy.Settings([4, 8, 5, 3], Activation.Tanh) with
        {
            Model = new DualPropagationSettings { Beta = beta, Negative = negative },
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
}
