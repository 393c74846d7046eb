using Nudge.Measurements;

namespace Nudge.Reproductions;

/// <summary>Forward-Forward held against published errors on MNIST: 1.4 % with four layers of 2000 units (Hinton 2022).</summary>
internal static class FfMnistLevel
{
    private const string Isd = "isd";
    private const string Paired = "paired";
    private const string Faulty = "isd with 10 % lost, late and jittered";
    private static readonly string[] Quick =
        ["run.evaluateExamples=200", "data.test=500", "run.presentations=12800", "run.evaluateEvery=6400"];

    internal static Reproduction Definition { get; } = new()
    {
        Name = "ff-mnist-level",
        Title = "Forward-Forward on MNIST, two layers of 1000 units",
        Claim = "Forward-Forward by importance sampling, with nothing kept from the other kind of sample, comes within half a point of pairs.",
        Measure = Measure.Accuracy,
        Seeds = 5,
        QuickSeeds = 2,
        Arms =
        [
            new() { Name = Isd, Experiment = "ff-mnist-wide", QuickOverrides = Quick },
            new()
            {
                Name = Paired,
                Experiment = "ff-mnist-wide",
                Overrides =
                [
                    "learning.rule=paired", "phases.order=alternating", "phases.perStimulus=2", "run.presentations=960000",
                    "run.evaluateEvery=120000",
                ],
                QuickOverrides = Quick,
            },
            new()
            {
                Name = Faulty,
                Experiment = "ff-mnist-wide",
                Overrides =
                [
                    "links.activity.delay={law: exponential, mean: 0.5}",
                    "links.activity.loss={law: independent, rate: 0.1}",
                    "clocks.jitter=0.2",
                    "phases.length.mean=5",
                    "run.evaluateLength=12",
                ],
                QuickOverrides = Quick,
            },
        ],
        Verdicts =
        [
            new Claims(Measure.Accuracy).MeanAtLeast(Isd, 0.982),
            new Claims(Measure.Accuracy).MeanAtLeast(Faulty, 0.982),
            new Claims(Measure.Accuracy).NoWorse(Isd, Paired, 0.005),
        ],
    };
}
