using Nudge.Models.DualPropagation;
using Nudge.Models.ForwardForward;
using Nudge.Models.PredictiveCoding;
using Nudge.Networks;
using Nudge.Populations;

namespace Nudge.Exports;

/// <summary>Writes networks as ONNX, whose answers are then those of the program in lockstep.</summary>
internal static class OnnxExport
{
    /// <summary>The name of the only input: examples × values of an example.</summary>
    internal const string Input = "input";

    /// <summary>The name of the output with the class of each example.</summary>
    internal const string Label = "label";

    /// <summary>The file.</summary>
    /// <param name="name">The name of the experiment.</param>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights.</param>
    /// <exception cref="NoEquivalentException">Its model has no equivalent in ONNX.</exception>
    internal static byte[] Of(string name, NetworkPlan network, NetworkWeights weights)
    {
        NoEquivalentException.ThrowIfDeviating(network, "ONNX");
        // Each step is a product with a matrix; one with windows is written out.
        weights = weights.WrittenOut(network);
        if (network.Settings.Model is ForwardForwardSettings forward)
            return ForwardForwardOnnx.Of(network, weights, forward).ToModel(name, ForwardForwardOnnx.Description);
        // Whether a slice is of leaky units or of predictive coding, its class tells, also for models that share one.
        PopulationSlice output = network.Output is { } population
            ? network.CreateSlice(network.SlicesOf(population)[0])
            : throw NoEquivalentException.Of(network, "ONNX", "it has no output population to read an answer from");
        RelaxationStep step = output switch
        {
            LeakySlice => new LeakyStep(network, weights),
            DyadicSlice => new DyadicStep(network, weights),
            PredictiveCodingSlice => new PredictiveCodingStep(network, weights),
            _ => throw NoEquivalentException.Of(
                network, "ONNX", "its units draw samples, and an answer is what they were most often, not a function of the input"),
        };
        return RelaxationOnnx.Of(network, step).ToModel(name, RelaxationOnnx.Description);
    }
}
