using System.Globalization;

namespace Nudge.Bench.Comparisons;

/// <summary>
/// Virtual time on one and two loops and on one and two local nodes, for networks of two hidden layers of growing size, each
/// layer cut into two slices; and beside it uncut on one loop. One turn, so it is a rough map of where a second one pays.
/// </summary>
internal static class LoopComparison
{
    private static readonly int[] Sizes = [256, 1024, 4096];
    private static readonly (string Name, int Slices, string[] Arguments)[] Sides =
    [
        ("uncut, 1 loop", 1, []),
        ("1 loop", 2, []),
        ("2 loops", 2, ["--loops", "2"]),
        ("1 node", 2, ["--local-nodes", "1", "--save-every", "600"]),
        ("2 nodes", 2, ["--local-nodes", "2", "--save-every", "600"]),
    ];

    public static void Run(TextWriter output) => SideBySide.InFolder(folder => Compare(output, folder));

    private static void Compare(TextWriter output, string folder)
    {
        foreach (int units in Sizes)
        {
            double first = 0;
            for (int side = 0; side < Sides.Length; side++)
            {
                string experiment = Path.Combine(folder, $"layers-{units}-{Sides[side].Slices}.yaml");
                File.WriteAllText(experiment, Experiment(units, units / Sides[side].Slices));
                double rate = EngineRun.SteadyRate(experiment, Path.Combine(folder, $"{units}-{side}"), Sides[side].Arguments);
                first = side == 1 ? rate : first;
                string ratio = side > 1 ? Line($", {rate / first:0.00} of 1 loop") : "";
                output.WriteLine(Line($"784-{units}-{units}-10, {Sides[side].Name}: {rate:0.0} stimuli/s{ratio}"));
            }
        }
    }

    private static string Experiment(int units, int slice) => Line($$"""
        format: 1
        name: layers
        data: {set: random-patterns, inputs: 784, classes: 10, train: 1000, test: 1}
        time: {step: 0.5}
        populations:
          image: {role: input, size: 784}
          first: {role: hidden, size: {{units}}, granularity: {slice: {{slice}} } }
          second: {role: hidden, size: {{units}}, granularity: {slice: {{slice}} } }
          label: {role: output, size: 10}
        projections:
          image-first: {from: image, to: first, rate: 0.002}
          first-second: {from: first, to: second, bidirectional: true, rate: 0.002}
          second-label: {from: second, to: label, bidirectional: true, rate: 0.0003}
        links:
          activity:
            delay: {law: exponential, mean: 0.5}
            loss: {law: independent, rate: 0.1}
        model: {kind: equilibrium-propagation, beta: 1}
        learning: {rule: differential-isd, gate: true}
        phases: {order: bernoulli, b: 0.5, length: {law: exponential, floor: 6, mean: 12}, perStimulus: 2}
        run: {presentations: 20, evaluateEvery: 0, checkpointEvery: 0, weights: false}
        """);

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
