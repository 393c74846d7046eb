using Nudge.Numerics;
using Nudge.Synapses;
using Nudge.Topology;

namespace Nudge.Populations;

/// <summary>The weights and biases of a whole network, put together from its slices.</summary>
public sealed class NetworkWeights
{
    private NetworkWeights(IReadOnlyList<float[]> weights, IReadOnlyList<float[]> biases)
    {
        Weights = weights;
        Biases = biases;
    }

    /// <summary>For each directed projection, targets × sources, row by row.</summary>
    public IReadOnlyList<float[]> Weights { get; }

    /// <summary>For each population, one value per unit; empty for an input that only holds its stimulus.</summary>
    public IReadOnlyList<float[]> Biases { get; }

    /// <summary>Copies the weights of all slices.</summary>
    public static NetworkWeights Of(NetworkTopology network, IEnumerable<PopulationSlice> slices)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(slices);
        float[][] weights =
            [.. network.Projections.Select(projection => new float[projection.Target.Size * projection.Source.Size])];
        float[][] biases =
        [
            .. network.Populations.Select(population =>
                new float[population.HasState ? population.Size : 0]),
        ];
        foreach (PopulationSlice slice in slices)
        {
            foreach (SynapseGroup synapses in slice.Synapses)
            {
                int first = slice.Plan.First * synapses.Projection.Source.Size;
                synapses.Weights.ToRowMajor().CopyTo(weights[synapses.Projection.Index].AsSpan(first));
            }

            if (!slice.Plan.Population.HasState)
                continue;
            slice.Bias!.Values[..slice.Plan.Count]
                .CopyTo(biases[slice.Plan.Population.Index].AsSpan(slice.Plan.First));
        }

        return new(weights, biases);
    }

    /// <summary>Takes over weights from elsewhere, such as a file.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">For each directed projection, targets × sources, row by row.</param>
    /// <param name="biases">For each population, one value per unit, or none.</param>
    /// <exception cref="ArgumentException">They do not fit the network.</exception>
    public static NetworkWeights Of(
        NetworkTopology network, IReadOnlyList<float[]> weights, IReadOnlyList<float[]> biases)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(biases);
        IEnumerable<int> expected = network.Projections.Select(one => one.Target.Size * one.Source.Size)
            .Concat(network.Populations.Select(one => one.HasState ? one.Size : 0));
        if (!expected.SequenceEqual(weights.Concat(biases).Select(values => values.Length)))
            throw new ArgumentException("The weights do not fit the network.", nameof(weights));
        return new(weights, biases);
    }

    /// <summary>Sets the weights and biases of slices that have not begun to run.</summary>
    public void CopyTo(IEnumerable<PopulationSlice> slices)
    {
        ArgumentNullException.ThrowIfNull(slices);
        foreach (PopulationSlice slice in slices)
        {
            foreach (SynapseGroup synapses in slice.Synapses)
                CopyTo(synapses, slice.Plan.First);
            slice.Bias?.Set(Biases[slice.Plan.Population.Index].AsSpan(slice.Plan.First, slice.Plan.Count));
        }
    }

    /// <summary>The weights of one directed projection as a matrix.</summary>
    public PanelMatrix Matrix(ProjectionPlan projection)
    {
        ArgumentNullException.ThrowIfNull(projection);
        var matrix = new PanelMatrix(projection.Target.Size, projection.Source.Size);
        float[] weights = Weights[projection.Index];
        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int column = 0; column < matrix.Columns; column++)
                matrix[row, column] = weights[(row * matrix.Columns) + column];
        }

        return matrix;
    }

    /// <summary>
    /// cos(W, Wᵀ) between the two copies of a bidirectional projection (theory §5): 1 while both ends saw the same.
    /// </summary>
    /// <param name="forward">The forward direction; it must have a reverse.</param>
    public double Symmetry(ProjectionPlan forward)
    {
        ArgumentNullException.ThrowIfNull(forward);
        float[] there = Weights[forward.Index];
        float[] back = Weights[forward.Reverse];
        (int targets, int sources) = (forward.Target.Size, forward.Source.Size);
        (double dot, double a, double b) = (0, 0, 0);
        for (int i = 0; i < targets; i++)
        {
            for (int j = 0; j < sources; j++)
            {
                double x = there[(i * sources) + j];
                double y = back[(j * targets) + i];
                (dot, a, b) = (dot + (x * y), a + (x * x), b + (y * y));
            }
        }

        return a == 0 || b == 0 ? 0 : dot / Math.Sqrt(a * b);
    }

    private void CopyTo(SynapseGroup synapses, int first)
    {
        float[] values = Weights[synapses.Projection.Index];
        PanelMatrix matrix = synapses.Weights;
        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int column = 0; column < matrix.Columns; column++)
                matrix[row, column] = values[((first + row) * matrix.Columns) + column];
        }
    }
}
