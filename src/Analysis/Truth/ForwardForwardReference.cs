using Nudge.Models;
using Nudge.Models.ForwardForward;
using Nudge.Numerics;
using Nudge.Oracles;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.Topology;

namespace Nudge.Truth;

/// <summary>
/// The exact layer gradients of Forward-Forward over all examples: the right label as the positive sample, and every label
/// that a negative phase may show, weighted by how often it does.
/// </summary>
internal sealed class ForwardForwardReference : ReferenceDefinition
{
    public override string Name => ForwardForwardModel.Instance.Name;

    public override string Summary => "The gradient of each layer's own loss, over all labels that a phase may show.";

    public override ExactReference Of(ReferenceContext context) => new(new ForwardForwardExact(context).Gradient(), null);
}

/// <summary>The gradients of one network at its present weights.</summary>
internal sealed class ForwardForwardExact
{
    private readonly NetworkTopology _network;
    private readonly ForwardForwardSettings _model;
    private readonly int _classes;
    private readonly IStimulusSet _training;
    private readonly PopulationPlan[] _layers;
    private readonly ForwardForwardGradient _oracle;

    internal ForwardForwardExact(ReferenceContext context)
    {
        (NetworkTopology network, NetworkWeights weights) = (context.Network, context.Weights);
        (_network, _training, _classes) = (network, context.Training, context.Classes);
        _model = (ForwardForwardSettings)context.Model;
        _layers = [.. network.Populations.Where(one => one.Role != PopulationRole.Input).OrderBy(one => one.InputDistance)];
        _oracle = new(
            [.. _layers.Select(one => new ForwardForwardLayer(
                Widen(weights.Weights[network.Afferents(one).Single().Index]), Widen(weights.Biases[one.Index])))],
            _model.Threshold,
            _model.Sharpness);
    }

    private static double[] Widen(float[] values) => [.. values.Select(value => (double)value)];

    internal GradientVector Gradient()
    {
        double[][] weights = [.. _network.Projections.Select(one => new double[one.Target.Size * one.Source.Size])];
        double[][] biases =
            [.. _network.Populations.Select(one => new double[one.HasState ? one.Size : 0])];
        for (int example = 0; example < _training.Count; example++)
        {
            int label = _training.LabelOf(example);
            Add(_oracle.Layer(Sample(example, label), true), 1.0 / _training.Count, weights, biases);
            double[] shares = NegativeShares(example, label);
            for (int shown = 0; shown < shares.Length; shown++)
            {
                if (shares[shown] > 0)
                    Add(_oracle.Layer(Sample(example, shown), false), shares[shown] / _training.Count, weights, biases);
            }
        }

        return new(weights, biases);
    }

    private double[] NegativeShares(int example, int label)
    {
        int classes = _classes;
        NegativeLabels negatives = _model.Negatives;
        double[] shares = new double[classes];
        for (int shown = 0; shown < classes; shown++)
        {
            shares[shown] = shown == label && negatives != NegativeLabels.Permuted ? 0
                : negatives == NegativeLabels.ByGoodness ? Elementary.Exp(_oracle.Goodness(Sample(example, shown)).Sum())
                : 1;
        }

        double sum = shares.Sum();
        return [.. shares.Select(share => share / sum)];
    }

    private float[] Sample(int example, int label)
    {
        float[] sample = new float[_training.InputSize];
        _training.CopyInput(example, sample);
        sample.AsSpan(0, _classes).Clear();
        sample[label] = (float)_model.LabelValue;
        return sample;
    }

    private void Add(GradientVector layers, double factor, double[][] weights, double[][] biases)
    {
        for (int layer = 0; layer < _layers.Length; layer++)
        {
            Add(layers.Weights[layer], factor, weights[_network.Afferents(_layers[layer]).Single().Index]);
            Add(layers.Biases[layer], factor, biases[_layers[layer].Index]);
        }
    }

    private static void Add(double[] values, double factor, double[] sum)
    {
        for (int i = 0; i < sum.Length; i++)
            sum[i] += factor * values[i];
    }
}
