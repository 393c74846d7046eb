using CsCheck;
using Nudge.Oracles;
using Nudge.Testing;

namespace Nudge.Analysis.Tests.Oracles;

/// <summary>The posterior of a class against the weights of whole visible states.</summary>
public sealed class ClassPosteriorTests
{
    private const int Inputs = 3;

    [Fact]
    public void Differences_of_scores_are_ratios_of_probabilities() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 6], Gen.Int[1, 4], Gen.Int[0, (1 << Inputs) - 1]).Sample((seed, hidden, classes, bits) =>
        {
            BoltzmannParameters machine = Machines.Random(seed, hidden, Inputs + classes, inverseTemperature: 1.3);
            float[] input = [.. Enumerable.Range(0, Inputs).Select(j => (float)((bits >> j) & 1))];
            double[] scores = ClassPosterior.Scores(machine, input);
            Assert.Equal(classes, scores.Length);
            double[] exact =
            [
                .. Enumerable.Range(0, classes).Select(y => ExactBoltzmann.LogWeight(
                    machine, [.. input, .. Enumerable.Range(0, classes).Select(k => k == y ? 1f : 0f)])),
            ];
            for (int y = 1; y < classes; y++)
                Assert.Equal(exact[y] - exact[0], scores[y] - scores[0], 1e-9);
        });

    [Fact]
    public void Accuracy_is_the_share_of_examples_whose_label_is_the_most_probable_class()
    {
        // One hidden unit that is on for the first input and the first class, and another for the second ones.
        var machine = new BoltzmannParameters
        {
            Hidden = 2,
            Visible = 4,
            Weights = [8, -8, 8, -8, -8, 8, -8, 8],
            HiddenBias = [-4, -4],
            VisibleBias = new double[4],
        };
        var examples = new VectorExamples([[1, 0], [0, 1], [1, 0], [0, 1]], [0, 1, 1, 1], 2);
        Assert.Equal(0.75, ClassPosterior.Accuracy(machine, examples));
    }

    [Fact]
    public void Coupled_hidden_units_and_machines_without_classes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ClassPosterior.Scores(Machines.Random(1, 3, 4, coupled: true), [1, 0]));
        Assert.Throws<ArgumentException>(() => ClassPosterior.Scores(Machines.Random(1, 3, 4), [1, 0, 1, 1]));
    }
}
