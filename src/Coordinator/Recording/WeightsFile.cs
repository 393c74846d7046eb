using Nudge.Networks;
using Nudge.Populations;
using Nudge.Topology;

namespace Nudge.Recording;

/// <summary>weights.npz: an array for each directed projection that has weights of its own, and <c>NAME.bias</c> for each population with biases.</summary>
public static class WeightsFile
{
    private const string Bias = ".bias";

    /// <summary>Writes the weights of a network.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights.</param>
    public static void Write(Stream stream, NetworkPlan network, NetworkWeights weights)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        var arrays = new List<NpzArray>();
        foreach (ProjectionPlan projection in network.Projections.Where(one => one.WeightCount > 0))
            arrays.Add(new(projection.Name, [.. projection.WeightShape], weights.Weights[projection.Index]));

        foreach (PopulationPlan population in network.Populations.Where(population => population.HasState))
            arrays.Add(new(population.Name + Bias, [.. population.BiasShape], weights.Biases[population.Index]));
        NpzFile.Write(stream, arrays);
    }

    /// <summary>Reads the weights of a network.</summary>
    /// <param name="path">The file.</param>
    /// <param name="network">The network.</param>
    /// <exception cref="OutputException">It cannot be read, or is of another network.</exception>
    public static NetworkWeights Read(string path, NetworkPlan network)
    {
        ArgumentNullException.ThrowIfNull(network);
        try
        {
            using FileStream stream = File.OpenRead(path);
            Dictionary<string, float[]> arrays = NpzFile.Read(stream).ToDictionary(array => array.Name, array => array.Values);
            return NetworkWeights.Of(
                network,
                [.. network.Projections.Select(one => arrays.GetValueOrDefault(one.Name, []))],
                [.. network.Populations.Select(one => arrays.GetValueOrDefault(one.Name + Bias, []))]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new OutputException($"{path}: the weights cannot be read: {error.Message}", error);
        }
        catch (ArgumentException error)
        {
            throw new OutputException($"{path}: the weights are those of another network", error);
        }
    }
}
