using Nudge.Measurements;

namespace Nudge.Reproductions;

/// <summary>Forward-Forward on MNIST: the seed paper's settings, and plain gradients with hard negatives, ideal and faulty.</summary>
internal static class FfMnist
{
    private const string PaperPaired = "paired and Adam";
    private const string PaperIsd = "isd and Adam";
    private const string Isd = "isd";
    private const string Geometric = "isd with random phase lengths";
    private const string Faulty = "isd with 10 % lost and one phase late";
    private static readonly string[] Test = ["run.evaluateExamples=500", "data.test=1000"];
    private static readonly string[] Quick = [.. Test, "run.presentations=20000", "run.evaluateEvery=5000"];
    private static readonly string[] QuickAdam = [.. Test, "run.presentations=6000", "run.evaluateEvery=2000"];

    internal static Reproduction Definition { get; } = new()
    {
        Name = "ff-mnist",
        Title = "Forward-Forward on MNIST, 784-500-500",
        Claim = "Forward-Forward learns when right and wrong labels come by a coin, one sample at a time, with nothing kept from "
            + "the other kind.",
        Measure = Measure.Accuracy,
        Seeds = 3,
        QuickSeeds = 2,
        Arms =
        [
            new()
            {
                Name = PaperPaired,
                Experiment = "ff-mnist-paper",
                Overrides =
                [
                    "learning.rule=paired", "phases.order=alternating", "phases.perStimulus=2", "run.presentations=40000",
                    "run.evaluateEvery=10000",
                ],
                QuickOverrides = [.. Test, "run.presentations=3000", "run.evaluateEvery=1000"],
            },
            new() { Name = PaperIsd, Experiment = "ff-mnist-paper", QuickOverrides = QuickAdam },
            new() { Name = Isd, Experiment = "ff-mnist", QuickOverrides = Quick },
            new()
            {
                Name = Geometric,
                Experiment = "ff-mnist",
                Overrides = ["phases.length={law: geometric, floor: 3, mean: 6}"],
                QuickOverrides = Quick,
            },
            new()
            {
                Name = Faulty,
                Experiment = "ff-mnist",
                Overrides =
                [
                    "links.activity.delay={law: exponential, mean: 3}",
                    "links.activity.loss={law: independent, rate: 0.1}",
                    "run.evaluateLength=24",
                ],
                QuickOverrides = Quick,
            },
        ],
        Verdicts =
        [
            new Claims(Measure.Accuracy).MeanAtLeast(Isd, 0.94),
            new Claims(Measure.Accuracy).MeanAtLeast(Faulty, 0.92),
            new Claims(Measure.Accuracy).NoWorse(Geometric, Isd, 0.01),
            new Claims(Measure.Accuracy).NoWorse(PaperIsd, PaperPaired, 0.05),
        ],
    };
}
