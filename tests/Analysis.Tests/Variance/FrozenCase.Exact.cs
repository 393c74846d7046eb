using Nudge.Models;
using Nudge.Oracles;
using Nudge.Populations;

namespace Nudge.Analysis.Tests.Variance;

/// <content>The exact mean updates of machines and layers.</content>
internal sealed partial class FrozenCase
{
    private static GradientVector Likelihood(FrozenCase self)
    {
        NetworkWeights weights = NetworkWeights.Of(self.Network, self.Slices);
        bool coupled = self.Network.Projections.Count > 2;
        var machine = BoltzmannParameters.Of(
            weights.Weights[0],
            weights.Biases[1],
            weights.Biases[0],
            coupled ? weights.Weights[2] : default(ReadOnlySpan<float>));
        BoltzmannStatistics exact = ExactBoltzmann.Gradient(
            machine, [.. Enumerable.Range(0, self.Examples.Count).Select(self.Input)]);
        double[] transposed =
        [
            .. Enumerable.Range(0, 12).Select(place => exact.Products[(place % 3 * 4) + (place / 3)]),
        ];
        double[][] within = coupled ? [[.. exact.HiddenProducts!]] : [];
        double[][] parts = [[.. exact.Products], transposed, .. within];
        return new(parts, [[.. exact.Visible], [.. exact.Hidden]]);
    }

    private static GradientVector Goodness(FrozenCase self)
    {
        NetworkWeights weights = NetworkWeights.Of(self.Network, self.Slices);
        var oracle = new ForwardForwardGradient(
        [
            .. Enumerable.Range(0, 2).Select(layer => new ForwardForwardLayer(
                [.. weights.Weights[layer].Select(value => (double)value)],
                [.. weights.Biases[layer + 1].Select(value => (double)value)])),
        ]);
        GradientVector right = oracle.Mean([.. Labelled(self, wrong: false)]);
        GradientVector wrong = oracle.Mean([.. Labelled(self, wrong: true)]);
        GradientVector sum = right.Subtract(wrong.Scale(-1));
        return new(sum.Weights, [[], .. sum.Biases]);
    }

    // The first two pixels hold the label; of two classes there is one wrong one.
    private static IEnumerable<(IReadOnlyList<float> Sample, bool IsPositive)> Labelled(FrozenCase self, bool wrong)
    {
        for (int example = 0; example < self.Examples.Count; example++)
        {
            float[] values = self.Input(example);
            int shown = wrong ? 1 - self.Examples.LabelOf(example) : self.Examples.LabelOf(example);
            (values[shown], values[1 - shown]) = (2, 0);
            yield return (values, !wrong);
        }
    }
}
