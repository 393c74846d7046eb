using Nudge.Models;
using Nudge.Numerics;

namespace Nudge.Oracles;

/// <summary>
/// What the updates of forward-forward learning should be (Hinton 2022, §2): each layer descends its own loss, log(1 +
/// e^(α(ϑ−g))) for positive and log(1 + e^(α(g−ϑ))) for negative samples, with goodness g = mean(h²) and sharpness α, and takes its
/// input as given (theory §4).
/// </summary>
public sealed class ForwardForwardGradient
{
    private readonly IReadOnlyList<ForwardForwardLayer> _layers;
    private readonly double _threshold;
    private readonly double _sharpness;

    /// <summary>Describes the stack.</summary>
    /// <param name="layers">From the lowest on.</param>
    /// <param name="threshold">ϑ.</param>
    /// <param name="sharpness">α.</param>
    public ForwardForwardGradient(IReadOnlyList<ForwardForwardLayer> layers, double threshold = 2, double sharpness = 1)
    {
        ArgumentNullException.ThrowIfNull(layers);
        (_layers, _threshold, _sharpness) = (layers, threshold, sharpness);
    }

    /// <summary>g of each layer.</summary>
    /// <param name="sample">The lowest layer's input.</param>
    /// <exception cref="ArgumentException">A layer's weights do not fit its input.</exception>
    public IReadOnlyList<double> Goodness(IReadOnlyList<float> sample) =>
        [.. Forward(sample).Select(pass => GoodnessOf(pass.Activity))];

    /// <summary>The loss of each layer.</summary>
    /// <param name="sample">The lowest layer's input.</param>
    /// <param name="isPositive">Whether the sample carries the right label.</param>
    /// <exception cref="ArgumentException">A layer's weights do not fit its input.</exception>
    public IReadOnlyList<double> Losses(IReadOnlyList<float> sample, bool isPositive)
    {
        double sign = isPositive ? 1 : -1;
        return [.. Goodness(sample).Select(g => Logistic.Softplus(sign * _sharpness * (_threshold - g)))];
    }

    /// <summary>For each layer, the direction of −dLoss/dθ with respect to its own weights and biases.</summary>
    /// <param name="sample">The lowest layer's input.</param>
    /// <param name="isPositive">Whether the sample carries the right label.</param>
    /// <exception cref="ArgumentException">A layer's weights do not fit its input.</exception>
    public GradientVector Layer(IReadOnlyList<float> sample, bool isPositive) => Mean([(sample, isPositive)]);

    /// <summary>The mean of <see cref="Layer"/> over samples.</summary>
    /// <param name="samples">At least one.</param>
    /// <exception cref="ArgumentException">A layer's weights do not fit its input.</exception>
    public GradientVector Mean(IReadOnlyList<(IReadOnlyList<float> Sample, bool IsPositive)> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfZero(samples.Count);
        double[][] weights = [.. _layers.Select(layer => new double[layer.Weights.Length])];
        double[][] biases = [.. _layers.Select(layer => new double[layer.Bias.Length])];
        foreach ((IReadOnlyList<float> sample, bool isPositive) in samples)
        {
            int layer = 0;
            foreach ((double[] direction, double[] activity) in Forward(sample))
            {
                Add(isPositive, samples.Count, direction, activity, weights[layer], biases[layer]);
                layer++;
            }
        }

        return new(weights, biases);
    }

    private static double GoodnessOf(double[] activity) => activity.Sum(h => h * h) / activity.Length;

    private IEnumerable<(double[] Direction, double[] Activity)> Forward(IReadOnlyList<float> sample)
    {
        double[] input = [.. sample.Select(value => (double)value)];
        foreach (ForwardForwardLayer layer in _layers)
        {
            if (layer.Weights.Length != layer.Bias.Length * input.Length)
            {
                throw new ArgumentException(
                    $"A layer of {layer.Bias.Length} units has {layer.Weights.Length} weights; "
                    + $"expected {layer.Bias.Length * input.Length} for its {input.Length} inputs.");
            }

            double[] direction = ForwardForwardLayer.Direction(input);
            input = layer.Activity(direction);
            yield return (direction, input);
        }
    }

    /// <summary>Adds ±α·σ(±α(ϑ − g)) · dg/dθ with dg/dW = (2/n) h xᵀ/‖x‖ and dg/db = (2/n) h.</summary>
    private void Add(
        bool isPositive, int samples, double[] direction, double[] activity, double[] weights, double[] biases)
    {
        double sign = isPositive ? 1 : -1;
        double factor = sign * Logistic.Sigmoid(sign * _sharpness * (_threshold - GoodnessOf(activity)));
        factor *= 2.0 * _sharpness / activity.Length / samples;
        for (int i = 0; i < activity.Length; i++)
        {
            biases[i] += factor * activity[i];
            for (int j = 0; j < direction.Length; j++)
                weights[(i * direction.Length) + j] += factor * activity[i] * direction[j];
        }
    }
}
