using Nudge.Models;
using Nudge.Topology;

namespace Nudge.Oracles;

/// <summary>Sums terms of a gradient, unit product by unit product.</summary>
internal sealed class GradientSum
{
    private readonly NetworkTopology _network;
    private readonly double[][] _weights;
    private readonly double[][] _biases;

    internal GradientSum(ExactWeights weights)
    {
        _network = weights.Network;
        _weights = [.. weights.Weights.Select(matrix => new double[matrix.Length])];
        _biases = [.. weights.Biases.Select(bias => new double[bias.Length])];
    }

    /// <summary>
    /// Adds factor × (what the target unit brings) × (what the source unit brings) to every weight and bias.
    /// </summary>
    internal void Add(double factor, IReadOnlyList<double[]> targets, IReadOnlyList<double[]> sources) =>
        Add(null, factor, targets, sources);

    /// <summary>
    /// As above for a derivative of the drive, in which a projection from above counts by the network's damping.
    /// </summary>
    internal void AddDerivative(
        ExactWeights of, double factor, IReadOnlyList<double[]> targets, IReadOnlyList<double[]> sources) =>
        Add(of, factor, targets, sources);

    private void Add(
        ExactWeights? damping, double factor, IReadOnlyList<double[]> targets, IReadOnlyList<double[]> sources)
    {
        foreach (ProjectionPlan projection in _network.Projections)
        {
            (double[] target, double[] source) = (targets[projection.Target.Index], sources[projection.Source.Index]);
            double scaled = factor * (damping?.FactorOf(projection) ?? 1);
            for (int i = 0; i < target.Length; i++)
            {
                Span<double> row = _weights[projection.Index].AsSpan(i * source.Length, source.Length);
                for (int j = 0; j < row.Length; j++)
                    row[j] += scaled * target[i] * source[j];
            }
        }

        for (int p = 0; p < _biases.Length; p++)
        {
            for (int i = 0; i < _biases[p].Length; i++)
                _biases[p][i] += factor * targets[p][i];
        }
    }

    /// <summary>The sums; those of the two directions of a shared parameter are added up and given to both.</summary>
    /// <param name="share">Factor on shared parameters: 1 to add the two directions, ½ to take their mean.</param>
    internal GradientVector Total(double share)
    {
        double[][] weights = [.. _weights.Select(matrix => (double[])matrix.Clone())];
        foreach (ProjectionPlan projection in _network.Projections.Where(one => one.Reverse >= 0))
        {
            (int targets, int sources) = (projection.Target.Size, projection.Source.Size);
            for (int i = 0; i < targets; i++)
            {
                for (int j = 0; j < sources; j++)
                {
                    double both = _weights[projection.Index][(i * sources) + j]
                        + _weights[projection.Reverse][(j * targets) + i];
                    weights[projection.Index][(i * sources) + j] = share * both;
                }
            }
        }

        return new(weights, _biases);
    }
}
