using Nudge.Measurements;

namespace Nudge.Reproductions;

/// <summary>
/// A restricted Boltzmann machine of pixels and labels held against published errors on MNIST, by its exact posterior, with chains that
/// persist (Tieleman 2008) and with chains that every coin restarts.
/// </summary>
internal static class RbmMnistLevel
{
    private const string Persistent = "persistent chains";
    private const string Faulty = "persistent chains with 10 % lost, late and jittered";
    private const string Isd = "isd with the same lanes";
    private static readonly string[] Quick =
        ["run.evaluateExamples=200", "data.test=500", "run.presentations=8000", "run.evaluateEvery=0", "run.evaluateLength=12"];

    internal static Reproduction Definition { get; } = new()
    {
        Name = "rbm-mnist-level",
        Title = "Restricted Boltzmann machine of 784 pixels and 10 labels on MNIST, 500 hidden units",
        Claim = "With chains that never restart, phases of a few steps are enough for the published error of a machine of this size.",
        Measure = Measure.AccuracyPosterior,
        Seeds = 5,
        QuickSeeds = 2,
        Arms =
        [
            new() { Name = Persistent, Experiment = "rbm-mnist-persistent", QuickOverrides = Quick },
            new()
            {
                Name = Faulty,
                Experiment = "rbm-mnist-persistent",
                Overrides =
                [
                    "links.activity.delay={law: exponential, mean: 0.5}",
                    "links.activity.loss={law: independent, rate: 0.1}",
                    "clocks.jitter=0.2",
                    "phases.length.mean=6",
                ],
                QuickOverrides = Quick,
            },
            new()
            {
                Name = Isd,
                Experiment = "rbm-mnist-persistent",
                Overrides = ["phases.order=bernoulli"],
                QuickOverrides = Quick,
            },
        ],
        Verdicts =
        [
            new Claims(Measure.AccuracyPosterior).MeanAtLeast(Persistent, 0.975),
            new Claims(Measure.AccuracyPosterior).MeanAtLeast(Faulty, 0.975),
            new Claims(Measure.AccuracyPosterior).Better(Persistent, Isd),
        ],
    };
}
