using Nudge.Measurements;

namespace Nudge.Reproductions;

/// <summary>
/// Equilibrium propagation with two hidden layers and nothing remembered, held against the published errors of 2 to 3 % (Scellier and Bengio 2017;
/// Ernoult et al. 2019).
/// </summary>
internal static class EpMnistDeep
{
    private const string Name = "isd, two hidden layers";
    private static readonly string[] Quick =
        ["run.evaluateExamples=500", "data.test=1000", "run.presentations=32000", "run.evaluateEvery=16000"];

    internal static Reproduction Definition { get; } = new()
    {
        Name = "ep-mnist-deep",
        Title = "Equilibrium propagation with two hidden layers on MNIST by ISD",
        Claim = "Importance sampling with antithetic polarities reaches an error of 2 % with two hidden layers, "
            + "under lost and late messages as on ideal links, and nothing is remembered.",
        Measure = Measure.Accuracy,
        Seeds = 5,
        QuickSeeds = 2,
        Arms = [.. IdealLinks.Both(Name, "mnist-deep-antithetic", Quick)],
        Verdicts =
        [
            new Claims(Measure.Accuracy).MeanAtLeast(Name, 0.98),
            new Claims(Measure.Accuracy).MeanAtLeast(IdealLinks.Of(Name), 0.98),
            new Claims(Measure.Accuracy).NoWorse(Name, IdealLinks.Of(Name), 0.002),
        ],
    };
}
