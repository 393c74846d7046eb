using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Nudge.Exports;
using Nudge.Relaxation;

namespace Nudge.Coordinator.Tests.Exports;

/// <summary>ONNX Runtime gives the answers that the program itself gives in lockstep.</summary>
public sealed class OnnxExportTests
{
    [Theory]
    [InlineData("equilibrium-propagation")]
    [InlineData("equilibrium-propagation, damped")]
    [InlineData("equilibrium-propagation, tanh")]
    [InlineData("contrastive-hebbian, sigmoid")]
    [InlineData("predictive-coding, tanh")]
    [InlineData("predictive-coding, hard sigmoid")]
    [InlineData("predictive-coding, direct")]
    [InlineData("dual-propagation, tanh")]
    [InlineData("dual-propagation, hard sigmoid")]
    [InlineData("forward-forward")]
    public async Task A_trained_network_answers_in_onnx_runtime_as_in_lockstep(string name)
    {
        TrainedNetwork trained = await TrainedNetwork.OfAsync(name);
        int count = Math.Min(70, trained.Run.Data.Test.Count);
        IReadOnlyList<LockstepAnswer> answers = trained.Answers(count);
        Assert.True(answers.Select(answer => answer.Class).Distinct().Count() > 1, "all answers are the same");

        bool byGoodness = name == "forward-forward";
        (float[] values, long[] labels, int size) = Run(
            OnnxExport.Of(name, trained.Run.Network, trained.Weights), trained.Inputs(count), count, byGoodness ? "goodness" : "activity");

        for (int example = 0; example < count; example++)
        {
            LockstepAnswer answer = answers[example];
            // An answer that names no class is of outputs that are equal; ArgMax names the first of them.
            if (answer.Class >= 0)
                Assert.Equal(answer.Class, labels[example]);
            // The last question of forward-forward is that of the last label, and each layer reports its share.
            if (byGoodness)
                Assert.Equal(answer.Values.Sum(), values[(example * size) + size - 1], 1e-4);
            else
                Assert.All(Enumerable.Range(0, size), unit => Assert.Equal(answer.Values[unit], values[(example * size) + unit], 1e-4));
        }
    }

    [Fact]
    public async Task A_machine_that_answers_by_sampling_is_refused_with_the_reason()
    {
        TrainedNetwork trained = await TrainedNetwork.OfAsync("boltzmann-machine");
        NoEquivalentException error = Assert.Throws<NoEquivalentException>(
            () => OnnxExport.Of("machine", trained.Run.Network, trained.Weights));
        Assert.Equal(
            "this boltzmann-machine network has no equivalent in ONNX: its units draw samples, and an answer is what they were most often, "
            + "not a function of the input",
            error.Message);
    }

    private static (float[] Values, long[] Labels, int Size) Run(byte[] model, float[] inputs, int count, string output)
    {
        using var session = new InferenceSession(model);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run(
            [NamedOnnxValue.CreateFromTensor(OnnxExport.Input, new DenseTensor<float>(inputs, [count, inputs.Length / count]))]);
        Tensor<float> values = results.Single(one => one.Name == output).AsTensor<float>();
        Tensor<long> labels = results.Single(one => one.Name == OnnxExport.Label).AsTensor<long>();
        Assert.Equal([count], labels.Dimensions.ToArray());
        return ([.. values], [.. labels], values.Dimensions[1]);
    }
}
