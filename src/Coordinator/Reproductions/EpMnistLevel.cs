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
    private const string OnIdealLinks = ", ideal links";
    private static readonly string[] Ideal = ["links.activity.loss=none", "links.activity.delay=none", "clocks.jitter=0"];
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
            .. Both(Shared, "mnist-isd-antithetic"),
            .. Both(Dendritic, "mnist-isd-dendritic-antithetic"),
        ],
        Verdicts =
        [
            new Claims(Measure.Accuracy).MeanAtLeast(Shared, 0.98),
            new Claims(Measure.Accuracy).MeanAtLeast(Shared + OnIdealLinks, 0.98),
            new Claims(Measure.Accuracy).MeanAtLeast(Dendritic, 0.97),
            new Claims(Measure.Accuracy).MeanAtLeast(Dendritic + OnIdealLinks, 0.97),
            new Claims(Measure.Accuracy).NoWorse(Shared, Shared + OnIdealLinks, 0.002),
        ],
    };

    private static IEnumerable<Arm> Both(string name, string experiment) =>
    [
        new() { Name = name, Experiment = experiment, QuickOverrides = Quick },
        new() { Name = name + OnIdealLinks, Experiment = experiment, Overrides = Ideal, QuickOverrides = Quick },
    ];
}
