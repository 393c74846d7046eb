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

    /// <summary>
    /// For each directed projection its weights in the order of <see cref="ProjectionPlan.WeightShape"/>: targets × sources, row by
    /// row, where all units are connected.
    /// </summary>
    public IReadOnlyList<float[]> Weights { get; }

    /// <summary>
    /// For each population, one value per unit, or per channel where its units share them, or several side by side where each unit
    /// has several; empty for an input that only holds its stimulus.
    /// </summary>
    public IReadOnlyList<float[]> Biases { get; }

    /// <summary>Copies the weights of all slices.</summary>
    public static NetworkWeights Of(NetworkTopology network, IEnumerable<PopulationSlice> slices)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(slices);
        float[][] weights =
            [.. network.Projections.Select(projection => new float[projection.WeightCount])];
        float[][] biases =
        [
            .. network.Populations.Select(population =>
                new float[population.HasState ? population.BiasCount : 0]),
        ];
        foreach (PopulationSlice slice in slices)
        {
            foreach (SynapseGroup synapses in slice.Synapses)
                Copy(synapses, RowsOf(synapses, slice, weights));

            PopulationPlan population = slice.Plan.Population;
            if (population.HasState)
                slice.Bias!.Own.CopyTo(biases[population.Index].AsSpan(population.FirstBias(slice.Plan.First)));
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
        IEnumerable<int> expected = network.Projections.Select(one => one.WeightCount)
            .Concat(network.Populations.Select(one => one.HasState ? one.BiasCount : 0));
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
                CopyTo(synapses, RowsOf(synapses, slice, Weights));
            int first = slice.Plan.Population.FirstBias(slice.Plan.First);
            slice.Bias?.Set(Biases[slice.Plan.Population.Index].AsSpan(first, slice.Bias.Count));
        }
    }

    /// <summary>The same network with all its connections written out: targets × sources, and a bias for each unit.</summary>
    /// <param name="network">The network.</param>
    public NetworkWeights WrittenOut(NetworkTopology network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new(
            [.. network.Projections.Select(one => one.Connectivity is { } table ? table.WriteOut(Weights[one.Index]) : Weights[one.Index])],
            [.. network.Populations.Select(one => WriteOut(Biases[one.Index], one.UnitsPerBias))]);
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
        if (forward.Connectivity is { } table)
            return table.IsFixed ? 1 : Cosine(there, table.Mirror(back));
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

    private static Span<float> RowsOf(SynapseGroup synapses, PopulationSlice slice, IReadOnlyList<float[]> weights)
    {
        ProjectionPlan projection = synapses.Projection;
        int length = projection.WeightsPerRow;
        return weights[projection.Index].AsSpan(slice.Plan.First / projection.UnitsPerRow * length, slice.Plan.Count / projection.UnitsPerRow * length);
    }

    private static void Copy(SynapseGroup synapses, Span<float> rows)
    {
        if (synapses.Projection.Connectivity is not { } table)
        {
            synapses.Weights.ToRowMajor().CopyTo(rows);
            return;
        }

        for (int row = 0; row < (table.IsFixed ? 0 : synapses.Weights.Rows); row++)
        {
            for (int column = 0; column < synapses.Weights.Columns; column++)
                rows[(row * table.FileColumnCount) + table.FileColumnOf(column)] = synapses.Weights[row, column];
        }
    }

    private static void CopyTo(SynapseGroup synapses, ReadOnlySpan<float> rows)
    {
        PanelMatrix matrix = synapses.Weights;
        Connectivity? table = synapses.Projection.Connectivity;
        int length = synapses.Projection.WeightsPerRow;
        for (int row = 0; row < (table is { IsFixed: true } ? 0 : matrix.Rows); row++)
        {
            for (int column = 0; column < matrix.Columns; column++)
                matrix[row, column] = rows[(row * length) + (table?.FileColumnOf(column) ?? column)];
        }

        synapses.RoundFirst();
    }

    private static float[] WriteOut(float[] biases, int units) =>
        units == 1 ? biases : [.. biases.SelectMany(bias => Enumerable.Repeat(bias, units))];

    private static double Cosine(float[] a, float[] b)
    {
        (double dot, double left, double right) = (0, 0, 0);
        for (int i = 0; i < a.Length; i++)
            (dot, left, right) = (dot + ((double)a[i] * b[i]), left + ((double)a[i] * a[i]), right + ((double)b[i] * b[i]));
        return left == 0 || right == 0 ? 0 : dot / Math.Sqrt(left * right);
    }
}
