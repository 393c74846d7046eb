using Nudge.Measurements;

namespace Nudge.Reproductions;

/// <summary>Equilibrium propagation on MNIST with less and less state kept between phases.</summary>
internal static class EpMnist
{
    private const string Paired = "paired and alternating";
    private const string Differential = "differential ISD";
    private const string Isd = "ISD";
    private static readonly string[] QuickTest = ["run.evaluateExamples=500", "data.test=2000"];
    private static readonly string[] Quick = [.. QuickTest, "run.presentations=6000", "run.evaluateEvery=1000"];

    internal static Reproduction Definition { get; } = new()
    {
        Name = "ep-mnist",
        Title = "Equilibrium propagation on MNIST, one message in ten lost",
        Claim = "Contrastive learning needs neither a memory of the other phase nor phases that alternate: "
            + "signed importance (ISD) learns from one phase at a time, at the price of variance.",
        Measure = Measure.Accuracy,
        Seeds = 5,
        QuickSeeds = 3,
        Arms =
        [
            new()
            {
                Name = Paired,
                Experiment = "mnist",
                Overrides = ["learning.rule=paired", "phases.order=alternating"],
                QuickOverrides = Quick,
            },
            new() { Name = Differential, Experiment = "mnist", QuickOverrides = Quick },
            new()
            {
                Name = Isd,
                Experiment = "mnist-isd",
                QuickOverrides = [.. QuickTest, "run.presentations=80000", "run.evaluateEvery=10000"],
            },
        ],
        Verdicts =
        [
            new Claims(Measure.Accuracy).NoWorse(Differential, Paired, 0.03),
            new Claims(Measure.Accuracy).MeanAtLeast(Differential, 0.93),
            new Claims(Measure.Accuracy).MeanAtLeast(Isd, 0.88),
            new Claims(Measure.Accuracy).Better(Paired, Isd),
        ],
    };
}
