using Nudge.Measurements;

namespace Nudge.Reproductions;

/// <summary>
/// Equilibrium propagation with nothing remembered, held against published errors: 2 to 3 % with one hidden layer of 500 or 512
/// units (Scellier and Bengio 2017; Ernoult et al. 2019).
/// </summary>
internal static class EpMnistLevel
{
    private const string Shared = "isd";
    private const string Dendritic = "isd with a dendritic baseline";
    private static readonly string[] Quick =
        ["run.evaluateExamples=500", "data.test=1000", "run.presentations=32000", "run.evaluateEvery=16000"];

    internal static Reproduction Definition { get; } = new()
    {
        Name = "ep-mnist-level",
        Title = "Equilibrium propagation on MNIST by ISD with antithetic lanes",
        Claim = "Importance sampling reaches the published error of equilibrium propagation when polarities are antithetic over lanes, "
            + "under lost and late messages as on ideal links, and nothing is remembered.",
        Measure = Measure.Accuracy,
        Seeds = 5,
        QuickSeeds = 2,
        Arms =
        [
            .. IdealLinks.Both(Shared, "mnist-isd-antithetic", Quick),
            .. IdealLinks.Both(Dendritic, "mnist-isd-dendritic-antithetic", Quick),
        ],
        Verdicts =
        [
            new Claims(Measure.Accuracy).MeanAtLeast(Shared, 0.98),
            new Claims(Measure.Accuracy).MeanAtLeast(IdealLinks.Of(Shared), 0.98),
            new Claims(Measure.Accuracy).MeanAtLeast(Dendritic, 0.97),
            new Claims(Measure.Accuracy).MeanAtLeast(IdealLinks.Of(Dendritic), 0.97),
            new Claims(Measure.Accuracy).NoWorse(Shared, IdealLinks.Of(Shared), 0.002),
        ],
    };
}
