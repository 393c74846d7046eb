using Nudge.Measurements;

namespace Nudge.Reproductions;

/// <summary>The seed paper's restricted Boltzmann machine with labels on MNIST, judged by classification.</summary>
internal static class RbmMnist
{
    private const string Cd = "cd 64 hidden";
    private const string Isd = "isd 64 hidden";
    private const string Geometric = "geometric 64 hidden";
    private const string Small = "isd 16 hidden";
    private static readonly string[] Test = ["run.evaluateExamples=500", "data.test=1000"];
    private static readonly string[] Quick = [.. Test, "run.presentations=16000", "run.evaluateEvery=4000"];

    internal static Reproduction Definition { get; } = new()
    {
        Name = "rbm-mnist",
        Title = "Restricted Boltzmann machine of pixels and labels on MNIST",
        Claim = "ISD classifies as well as contrastive divergence after the same number of phases, fixed or random in length.",
        Measure = Measure.Accuracy,
        Seeds = 5,
        QuickSeeds = 2,
        Arms =
        [
            new()
            {
                Name = Cd,
                Experiment = "rbm-mnist-paper",
                Overrides =
                [
                    "learning.rule=paired", "phases.order=alternating", "phases.perStimulus=2",
                    "run.presentations=40000", "run.evaluateEvery=10000",
                ],
                QuickOverrides = [.. Test, "run.presentations=8000", "run.evaluateEvery=2000"],
            },
            new() { Name = Isd, Experiment = "rbm-mnist-paper", QuickOverrides = Quick },
            new()
            {
                Name = Geometric,
                Experiment = "rbm-mnist-paper",
                Overrides = ["phases.length.law=geometric"],
                QuickOverrides = Quick,
            },
            new()
            {
                Name = Small,
                Experiment = "rbm-mnist-paper",
                Overrides = ["populations.hidden.size=16"],
                QuickOverrides = Quick,
            },
        ],
        Verdicts =
        [
            new Claims(Measure.Accuracy).NoWorse(Isd, Cd, 0.02),
            new Claims(Measure.Accuracy).NoWorse(Geometric, Isd, 0.02),
            new Claims(Measure.Accuracy).MeanAtLeast(Isd, 0.825),
            new Claims(Measure.Accuracy).MeanAtLeast(Small, 0.64),
        ],
    };
}
