using Nudge.Models.PredictiveCoding;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Topology;
using PureHDF;

namespace Nudge.Exports;

/// <summary>
/// Networks in the neuromorphic intermediate representation (NIR), as its own HDF5 layout has them. NIR has leaky integrators
/// without activation function and spiking units, so that only an output of linear leaky units right above the input has an
/// equivalent.
/// </summary>
internal static class NirFile
{
    private const string Format = "NIR";
    private const string Version = "1.0";

    /// <summary>Writes the file.</summary>
    /// <param name="stream">Where to; it must be able to seek.</param>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights.</param>
    /// <exception cref="NoEquivalentException">NIR cannot express what it computes.</exception>
    internal static void Write(Stream stream, NetworkPlan network, NetworkWeights weights)
    {
        NoEquivalentException.ThrowIfDeviating(network, Format);
        ThrowIfOther(network);
        weights = weights.WrittenOut(network);
        PopulationPlan output = network.Output!;
        (int targets, int sources) = (output.Size, network.Input.Size);
        float[,] matrix = new float[targets, sources];
        foreach (float[] values in network.Afferents(output).Select(one => weights.Weights[one.Index]))
        {
            for (int i = 0; i < values.Length; i++)
                matrix[i / sources, i % sources] += values[i];
        }

        var file = new H5File
        {
            ["version"] = Version,
            ["node"] = new H5Group
            {
                ["type"] = "NIRGraph",
                ["nodes"] = new H5Group
                {
                    ["input"] = new H5Group { ["type"] = "Input", ["shape"] = new long[] { sources } },
                    ["weights"] = new H5Group
                    {
                        ["type"] = "Affine",
                        ["weight"] = matrix,
                        ["bias"] = weights.Biases[output.Index],
                    },
                    // τ dv/dt = (v_leak − v) + r·I with τ as the unit of time.
                    ["units"] = new H5Group
                    {
                        ["type"] = "LI",
                        ["tau"] = Ones(targets),
                        ["r"] = Ones(targets),
                        ["v_leak"] = new float[targets],
                    },
                    ["output"] = new H5Group { ["type"] = "Output", ["shape"] = new long[] { targets } },
                },
                ["edges"] = new[,] { { "input", "weights" }, { "weights", "units" }, { "units", "output" } },
            },
        };
        file.Write(stream);
    }

    // An array for each: one that is named twice would be one data set with two names.
    private static float[] Ones(int count) => [.. Enumerable.Repeat(1f, count)];

    private static void ThrowIfOther(NetworkPlan network)
    {
        if (network.Settings.Model is not PredictiveCodingSettings)
        {
            throw NoEquivalentException.Of(
                network,
                Format,
                "NIR has spiking units and leaky integrators without an activation function, and this model's units are neither");
        }

        if (network.Populations.Any(one => one.Role == PopulationRole.Hidden))
        {
            throw NoEquivalentException.Of(
                network,
                Format,
                "its hidden units send ρ(x), and NIR has no activation function of a rate; a network of an input and an output alone has one");
        }
    }
}
