using Nudge.Models.HelmholtzMachine;
using Nudge.Populations;
using Nudge.Topology;

namespace Nudge.Oracles;

/// <summary>
/// Reads a Helmholtz machine off a network: populations that are as far from the input are side by side in one layer. A check from
/// outside, and never part of learning.
/// </summary>
public sealed class HelmholtzReading
{
    private readonly NetworkTopology _network;
    private readonly PopulationPlan[][] _layers;

    /// <summary>Finds the layers of a network.</summary>
    /// <param name="network">A network of the model.</param>
    public HelmholtzReading(NetworkTopology network)
    {
        ArgumentNullException.ThrowIfNull(network);
        _network = network;
        _layers =
        [
            .. network.Populations.GroupBy(one => one.InputDistance).OrderBy(layer => layer.Key).Select(layer => layer.ToArray()),
        ];
    }

    /// <summary>Units of each hidden layer, from the lowest up.</summary>
    public IEnumerable<int> Hidden => Enumerable.Range(1, _layers.Length - 1).Select(Units);

    /// <summary>The machine that the weights make.</summary>
    /// <param name="weights">Weights of the network.</param>
    /// <exception cref="ArgumentException">The network has no hidden population.</exception>
    public HelmholtzParameters Of(NetworkWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return new(
            [.. Enumerable.Range(0, _layers.Length).Select(layer => Prediction(weights, layer, layer + 1))],
            [.. Enumerable.Range(1, _layers.Length - 1).Select(layer => Prediction(weights, layer, layer - 1))]);
    }

    /// <summary>A gradient in the order of the network's weights: for each directed projection, targets × sources.</summary>
    internal double[] Synapses(ProjectionPlan projection, HelmholtzGradient gradient)
    {
        (PopulationPlan target, PopulationPlan source) = (projection.Target, projection.Source);
        PredictionGradient part = projection.Side == NeighbourSide.Upper
            ? gradient.Generative[target.InputDistance]
            : gradient.Recognition[target.InputDistance - 1];
        int width = Units(source.InputDistance);
        double[] values = new double[target.Size * source.Size];
        for (int i = 0; i < target.Size; i++)
        {
            for (int j = 0; j < source.Size; j++)
                values[(i * source.Size) + j] = part.Weights[((First(target) + i) * width) + First(source) + j];
        }

        return values;
    }

    /// <summary>A gradient in the order of a population's biases: those of one unit side by side.</summary>
    internal double[] Biases(PopulationPlan population, HelmholtzGradient gradient)
    {
        double[] values = new double[population.BiasCount];
        for (int bias = 0; bias < values.Length; bias++)
        {
            int unit = First(population) + (bias / population.BiasesPerUnit);
            values[bias] = bias % population.BiasesPerUnit == HelmholtzMachineModel.GenerativeBias
                ? gradient.Generative[population.InputDistance].Bias[unit]
                : gradient.Recognition[population.InputDistance - 1].Bias[unit];
        }

        return values;
    }

    private int Units(int layer) => _layers[layer].Sum(population => population.Size);

    private int First(PopulationPlan population) =>
        _layers[population.InputDistance].TakeWhile(one => one.Index != population.Index).Sum(one => one.Size);

    private BinaryPrediction Prediction(NetworkWeights weights, int layer, int from)
    {
        int kind = from > layer ? HelmholtzMachineModel.GenerativeBias : HelmholtzMachineModel.RecognitionBias;
        double[] bias =
        [
            .. _layers[layer].SelectMany(population => Enumerable.Range(0, population.Size)
                .Select(unit => (double)weights.Biases[population.Index][(unit * population.BiasesPerUnit) + kind])),
        ];
        if (from == _layers.Length)
            return new([], bias);
        int width = Units(from);
        double[] matrix = new double[bias.Length * width];
        foreach (ProjectionPlan projection in _network.Projections)
        {
            if (projection.Target.InputDistance == layer && projection.Source.InputDistance == from)
                Fill(projection, weights.Weights[projection.Index], matrix, width);
        }

        return new(matrix, bias);
    }

    private void Fill(ProjectionPlan projection, float[] weights, double[] matrix, int width)
    {
        int sources = projection.Source.Size;
        for (int i = 0; i < projection.Target.Size; i++)
        {
            for (int j = 0; j < sources; j++)
                matrix[((First(projection.Target) + i) * width) + First(projection.Source) + j] = weights[(i * sources) + j];
        }
    }
}
