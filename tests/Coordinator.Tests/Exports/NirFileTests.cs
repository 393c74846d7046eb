using Nudge.Exports;
using Nudge.Relaxation;
using PureHDF;
using PureHDF.VOL.Native;

namespace Nudge.Coordinator.Tests.Exports;

/// <summary>What is written as NIR computes, when it is read back, what the program computes in lockstep.</summary>
public sealed class NirFileTests
{
    [Fact]
    public async Task The_leaky_integrators_that_are_read_back_come_to_rest_where_the_network_does()
    {
        TrainedNetwork trained = await TrainedNetwork.OfAsync("predictive-coding, direct");
        using var file = new MemoryStream();
        NirFile.Write(file, trained.Run.Network, trained.Weights);
        file.Position = 0;
        using NativeFile read = H5File.Open(file);

        Assert.Equal("NIRGraph", Text(read, "node/type"));
        string[,] edges = read.Dataset("node/edges").Read<string[,]>();
        Assert.Equal(["input", "weights", "weights", "units", "units", "output"], edges.Cast<string>());
        Assert.Equal(["Input", "Affine", "LI", "Output"], new[] { "input", "weights", "units", "output" }.Select(node => Text(read, $"node/nodes/{node}/type")));
        Assert.Equal([2L], read.Dataset("node/nodes/input/shape").Read<long[]>());
        float[,] weights = read.Dataset("node/nodes/weights/weight").Read<float[,]>();
        float[] bias = read.Dataset("node/nodes/weights/bias").Read<float[]>();
        float[] tau = read.Dataset("node/nodes/units/tau").Read<float[]>();
        float[] r = read.Dataset("node/nodes/units/r").Read<float[]>();
        float[] leak = read.Dataset("node/nodes/units/v_leak").Read<float[]>();
        Assert.NotEqual([0, 0, 0, 0], weights.Cast<float>());

        float[] inputs = trained.Inputs(20);
        IReadOnlyList<LockstepAnswer> answers = trained.Answers(20);
        for (int example = 0; example < 20; example++)
        {
            for (int unit = 0; unit < 2; unit++)
            {
                float current = bias[unit] + (weights[unit, 0] * inputs[2 * example]) + (weights[unit, 1] * inputs[(2 * example) + 1]);
                double v = 0;
                for (double t = 0; t < 20; t += 0.01)
                    v += 0.01 / tau[unit] * (leak[unit] - v + (r[unit] * current));
                Assert.Equal(answers[example].Values[unit], v, 1e-4);
            }
        }
    }

    [Theory]
    [InlineData("equilibrium-propagation", "leaky integrators without an activation function")]
    [InlineData("forward-forward", "leaky integrators without an activation function")]
    [InlineData("predictive-coding, tanh", "its hidden units send ρ(x)")]
    public async Task What_nir_cannot_express_is_refused_with_the_reason(string name, string reason)
    {
        TrainedNetwork trained = await TrainedNetwork.OfAsync(name);
        using var file = new MemoryStream();
        NoEquivalentException error = Assert.Throws<NoEquivalentException>(() => NirFile.Write(file, trained.Run.Network, trained.Weights));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private static string Text(NativeFile file, string path) => file.Dataset(path).Read<string>();
}
