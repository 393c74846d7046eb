using CsCheck;
using Nudge.Baselines;
using Nudge.Networks;
using Nudge.Testing;
using Nudge.Topology;

namespace Nudge.Analysis.Tests.Baselines;

/// <summary>Backpropagation, which rules are compared with.</summary>
public sealed class BackpropagationTests
{
    private static readonly VectorExamples Examples = VectorExamples.Spread(12, 9, 3);

    /// <summary>The step is that of the gradient: against central differences of the cross-entropy.</summary>
    [Fact]
    public void Its_gradient_is_that_of_the_cross_entropy() => Gen.Select(Gen.UInt, Gen.Int[0, 11], Gen.Bool).Sample((seed, example, deep) =>
    {
        NetworkPlan plan = Plan(seed, deep);
        var network = new Backpropagation(plan);
        IReadOnlyList<float[]> gradient = network.Gradient(Examples, example);
        var random = new Random((int)(seed & 0x7FFFFFFF));
        int compared = 0;
        foreach (ProjectionPlan projection in plan.Projections.Where(one => one.Reverse < 0 || one.Reverse > one.Index))
        {
            float[] weights = network.Weights(projection.Index);
            for (int trial = 0; trial < 8; trial++)
            {
                int i = random.Next(weights.Length);
                (double slope, bool smooth) = Slope(network, weights, i, example);
                if (!smooth)
                    continue;
                Assert.Equal(slope, gradient[projection.Index][i], 2e-3);
                compared++;
            }
        }

        Assert.True(compared > 0);
    }, iter: 40);

    [Fact]
    public void It_learns_and_the_same_seed_gives_the_same_accuracy()
    {
        var first = new Backpropagation(Plan(1, deep: false));
        double before = first.Accuracy(Examples);
        first.Train(Examples, 2000, 0.1);
        Assert.True(first.Accuracy(Examples) >= before + 0.3, $"{before} before, {first.Accuracy(Examples)} after");
        var second = new Backpropagation(Plan(1, deep: false));
        second.Train(Examples, 2000, 0.1);
        Assert.Equal(first.Weights(0), second.Weights(0));
    }

    [Fact]
    public void A_loop_is_refused()
    {
        NetworkSettings settings = SmallNetwork.Settings(9, 12, 3);
        settings = settings with
        {
            Projections = [.. settings.Projections, new("hidden-hidden", new() { From = "hidden", To = "hidden" })],
        };
        NetworkPlan plan = NetworkCompiler.Compile(settings, 1);
        Assert.Contains("loop", Assert.Throws<ArgumentException>(() => new Backpropagation(plan)).Message, StringComparison.Ordinal);
    }

    // Where a unit crosses a bound between the points, or stands on it, the cost has a corner: then wide and narrow differences, or
    // those to the two sides, differ.
    private static (double Slope, bool Smooth) Slope(Backpropagation network, float[] weights, int i, int example)
    {
        (double wide, double wideTurn) = Difference(network, weights, i, example, 4e-3f);
        (double narrow, double turn) = Difference(network, weights, i, example, 2e-3f);
        return (narrow, Math.Abs(wide - narrow) < 1e-3 && Math.Abs(turn) < 3e-3 && Math.Abs(wideTurn) < 6e-3);
    }

    private static (double Slope, double Turn) Difference(
        Backpropagation network, float[] weights, int i, int example, float step)
    {
        float value = weights[i];
        double here = network.CrossEntropy(Examples, example);
        weights[i] = value + step;
        double above = network.CrossEntropy(Examples, example);
        weights[i] = value - step;
        double below = network.CrossEntropy(Examples, example);
        weights[i] = value;
        return ((above - below) / (2 * step), (above - (2 * here) + below) / step);
    }

    private static NetworkPlan Plan(ulong seed, bool deep)
    {
        NetworkSettings settings = SmallNetwork.Settings(9, 12, 3) with { Seed = seed };
        return NetworkCompiler.Compile(!deep ? settings : settings with
        {
            Populations = [.. settings.Populations, new("upper", new() { Role = PopulationRole.Hidden, Size = 7 })],
            Projections =
            [
                settings.Projections[0],
                new("hidden-upper", new() { From = "hidden", To = "upper", Bidirectional = true }),
                new("upper-out", new() { From = "upper", To = "out", Bidirectional = true }),
                new("in-out", new() { From = "in", To = "out" }),
            ],
        }, 1);
    }
}
