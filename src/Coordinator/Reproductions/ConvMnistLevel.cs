using Nudge.Measurements;

namespace Nudge.Reproductions;

/// <summary>Convolutional networks with nothing remembered, held against an error of 1.2 %.</summary>
internal static class ConvMnistLevel
{
    private const string Name = "dual propagation";
    private static readonly string[] Quick =
        ["run.evaluateExamples=500", "data.test=1000", "run.presentations=8000", "run.evaluateEvery=4000"];

    internal static Reproduction Definition { get; } = new()
    {
        Name = "conv-mnist-level",
        Title = "Convolutional networks on MNIST",
        Claim = "Convolutional networks reach an error of 1.2 % under lost and late messages as on ideal links, "
            + "and nothing is remembered.",
        Measure = Measure.Accuracy,
        Seeds = 5,
        QuickSeeds = 2,
        Arms = [.. IdealLinks.Both(Name, "mnist-conv", Quick)],
        Verdicts =
        [
            new Claims(Measure.Accuracy).MeanAtLeast(Name, 0.988),
            new Claims(Measure.Accuracy).MeanAtLeast(IdealLinks.Of(Name), 0.988),
            new Claims(Measure.Accuracy).NoWorse(Name, IdealLinks.Of(Name), 0.002),
        ],
    };
}
