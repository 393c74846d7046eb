using Nudge.Populations;
using Nudge.Topology;

namespace Nudge.Models;

/// <summary>
/// A network's weights in double precision, where the two copies of a bidirectional projection are one parameter at
/// their mean: the network whose dynamics descend an energy.
/// </summary>
internal sealed class ExactWeights
{
    private readonly double[] _factors;

    internal ExactWeights(NetworkTopology network, NetworkWeights weights, double feedback = 1)
    {
        _factors = [.. network.Projections.Select(one => one.Side == NeighbourSide.Upper ? feedback : 1)];
        Network = network;
        Weights = [.. network.Projections.Select(projection => Mean(projection, weights))];
        Biases = [.. weights.Biases.Select(bias => bias.Select(value => (double)value).ToArray())];
    }

    internal NetworkTopology Network { get; }

    /// <summary>For each directed projection, targets × sources, row by row.</summary>
    internal double[][] Weights { get; }

    /// <summary>For each population, one value per unit; empty for the input.</summary>
    internal double[][] Biases { get; }

    /// <summary>The factor with which a projection's current enters the drive: that of the feedback from above, or 1.</summary>
    internal double FactorOf(ProjectionPlan projection) => _factors[projection.Index];

    /// <summary>Adds W times the sources' activity to the targets' sums, damped as in the drive.</summary>
    internal void Carry(ProjectionPlan projection, double[] sources, double[] targets)
    {
        ReadOnlySpan<double> weights = Weights[projection.Index];
        for (int i = 0; i < targets.Length; i++)
        {
            double sum = 0;
            ReadOnlySpan<double> row = weights.Slice(i * sources.Length, sources.Length);
            for (int j = 0; j < row.Length; j++)
                sum += row[j] * sources[j];
            targets[i] += _factors[projection.Index] * sum;
        }
    }

    /// <summary>Adds Wᵀ times the targets' values to the sources' sums, damped as in the drive.</summary>
    internal void CarryBack(ProjectionPlan projection, double[] targets, double[] sources)
    {
        ReadOnlySpan<double> weights = Weights[projection.Index];
        for (int i = 0; i < targets.Length; i++)
        {
            double damped = _factors[projection.Index] * targets[i];
            ReadOnlySpan<double> row = weights.Slice(i * sources.Length, sources.Length);
            for (int j = 0; j < row.Length; j++)
                sources[j] += row[j] * damped;
        }
    }

    private static double[] Mean(ProjectionPlan projection, NetworkWeights weights)
    {
        double[] mean = [.. weights.Weights[projection.Index].Select(value => (double)value)];
        if (projection.Reverse < 0)
            return mean;
        float[] back = weights.Weights[projection.Reverse];
        (int targets, int sources) = (projection.Target.Size, projection.Source.Size);
        for (int i = 0; i < targets; i++)
        {
            for (int j = 0; j < sources; j++)
                mean[(i * sources) + j] = (mean[(i * sources) + j] + back[(j * targets) + i]) / 2;
        }

        return mean;
    }
}
