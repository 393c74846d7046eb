using Nudge.Experiments;
using Nudge.Populations;
using Nudge.Relaxation;
using Nudge.Running;

namespace Nudge.Coordinator.Tests.Exports;

/// <summary>Small networks after some training, with what they answer in lockstep.</summary>
internal sealed record TrainedNetwork(PreparedRun Run, NetworkWeights Weights)
{
    private const string Layers = """
        name: exported
        data: {set: two-moons}
        populations:
          plane: {role: input, size: 2}
          hidden: {role: hidden, size: 12}
          class: {role: output, size: 2}
        projections:
          plane-hidden: {from: plane, to: hidden, rate: 0.05}
          hidden-class: {from: hidden, to: class, bidirectional: true, rate: 0.02}
        run: {presentations: 400, evaluateEvery: 0, evaluateExamples: 20}

        """;

    private const string ForwardForward = """
        name: forward
        data: {set: bars-and-stripes}
        time: {step: 1}
        populations:
          image: {role: input, size: 16}
          lower: {role: hidden, size: 12}
          upper: {role: hidden, size: 10}
        projections:
          image-lower: {from: image, to: lower, rate: 1}
          lower-upper: {from: lower, to: upper, rate: 1}
        model: {kind: forward-forward, labelValue: 2}
        learning: {rule: isd}
        clocks: {scope: population, jitter: 0, stagger: true}
        phases: {order: bernoulli, b: 0.5, length: {law: fixed, floor: 0, mean: 3}, perStimulus: 1}
        run: {presentations: 3000, evaluateEvery: 0, evaluateExamples: 20}

        """;

    private const string Direct = """
        name: direct
        data: {set: two-moons}
        populations:
          plane: {role: input, size: 2}
          class: {role: output, size: 2}
        projections:
          plane-class: {from: plane, to: class, rate: 0.05}
        model: {kind: predictive-coding}
        learning: {rule: isd}
        run: {presentations: 400, evaluateEvery: 0, evaluateExamples: 20}

        """;

    private static readonly Dictionary<string, (string Text, string[] Overrides)> Known = new()
    {
        ["equilibrium-propagation"] = (Layers, []),
        ["equilibrium-propagation, damped"] = (Layers, ["model.feedback=0.6"]),
        ["equilibrium-propagation, tanh"] = (Layers, ["populations.hidden.activation=tanh", "populations.class.activation=tanh"]),
        ["contrastive-hebbian, sigmoid"] =
        (
            Layers,
            [
                "model={kind: contrastive-hebbian}", "populations.hidden.activation=sigmoid", "populations.class.activation=sigmoid",
                "run.presentations=2000", "learning.rateFactor=4",
            ]),
        ["predictive-coding, tanh"] =
            (Layers, ["model={kind: predictive-coding, outputVariance: 2}", "learning.rule=isd", "populations.hidden.activation=tanh"]),
        ["predictive-coding, hard sigmoid"] = (Layers, ["model={kind: predictive-coding}", "learning.rule=isd"]),
        ["dual-propagation, tanh"] =
            (Layers, ["model={kind: dual-propagation}", "learning.rule=isd", "populations.hidden.activation=tanh"]),
        ["dual-propagation, hard sigmoid"] = (Layers, ["model={kind: dual-propagation}", "learning.rule=isd"]),
        ["predictive-coding, direct"] = (Direct, []),
        ["forward-forward"] = (ForwardForward, []),
        ["boltzmann-machine"] = (ForwardForward
            .Replace("{kind: forward-forward, labelValue: 2}", "{kind: boltzmann-machine}", StringComparison.Ordinal)
            .Replace("lower-upper: {from: lower, to: upper, rate: 1}", "lower-upper: {from: lower, to: upper, rate: 1, bidirectional: true}", StringComparison.Ordinal)
            .Replace("image-lower: {from: image, to: lower, rate: 1}", "image-lower: {from: image, to: lower, rate: 1, bidirectional: true}", StringComparison.Ordinal)
            .Replace("upper: {role: hidden, size: 10}", "upper: {role: output, size: 2}", StringComparison.Ordinal), []),
    };

    internal static async Task<TrainedNetwork> OfAsync(string name)
    {
        (string text, string[] overrides) = Known[name];
        PreparedRun run = PreparedRun.Load(ExperimentFile.Parse("exported.yaml", text, overrides, null), null);
        await using var engine = new VirtualRun(run.Network, run.TrainingSchedule, run.Interventions);
        while (await engine.RunAsync(long.MaxValue, TimeSpan.FromSeconds(1), CancellationToken.None))
        {
        }

        return new(run, await engine.WeightsAsync());
    }

    internal IReadOnlyList<LockstepAnswer> Answers(int count) =>
        [.. SynchronousRelaxation.Answers(Run.Network, Weights, Run.Data.Test, count)];

    /// <summary>The first held-out examples, example by example.</summary>
    internal float[] Inputs(int count)
    {
        int size = Run.Network.Input.Size;
        float[] inputs = new float[count * size];
        for (int example = 0; example < count; example++)
            Run.Data.Test.CopyInput(example, inputs.AsSpan(example * size, size));
        return inputs;
    }
}
