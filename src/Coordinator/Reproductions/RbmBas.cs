using Nudge.Measurements;

namespace Nudge.Reproductions;

/// <summary>The seed paper's restricted Boltzmann machine on Bars-and-Stripes, against an independent program, and our recipe.</summary>
internal static class RbmBas
{
    private const string Cd = "cd";
    private const string Isd = "isd";
    private const string Geometric = "geometric";
    private const string Recipe = "isd with 8 lanes and running means";
    private const string Lossy = "the same with 10 % of messages lost";
    private static readonly string[] Quick = ["run.presentations=3000", "run.evaluateEvery=1000"];
    private static readonly string[] QuickRecipe = ["run.presentations=32000", "run.evaluateEvery=8000"];

    internal static Reproduction Definition { get; } = new()
    {
        Name = "rbm-bas",
        Title = "Restricted Boltzmann machine on Bars-and-Stripes 4×4",
        Claim = "A machine learns as well when each phase's type is drawn by a coin and every step is learned from at once, "
            + "with nothing kept from the other phase, also where a phase's length is random.",
        Measure = Measure.NegativeLogLikelihood,
        Seeds = 30,
        QuickSeeds = 3,
        Arms =
        [
            new()
            {
                Name = Cd,
                Experiment = "rbm-bas-paper",
                // The rate is that of a whole pair here, and of a whole phase below; half as many pairs as phases.
                Overrides =
                [
                    "learning.rule=paired", "phases.order=alternating", "phases.perStimulus=2",
                    "run.presentations=40000", "run.evaluateEvery=5000",
                ],
                QuickOverrides = ["run.presentations=1500", "run.evaluateEvery=500"],
            },
            new() { Name = Isd, Experiment = "rbm-bas-paper", QuickOverrides = Quick },
            new()
            {
                Name = Geometric,
                Experiment = "rbm-bas-paper",
                Overrides = ["phases.length.law=geometric"],
                QuickOverrides = Quick,
            },
            new() { Name = Recipe, Experiment = "rbm-bas", QuickOverrides = QuickRecipe },
            new()
            {
                Name = Lossy,
                Experiment = "rbm-bas",
                Overrides = ["links.activity.loss={law: independent, rate: 0.1}"],
                QuickOverrides = QuickRecipe,
            },
        ],
        Verdicts =
        [
            new Claims(Measure.NegativeLogLikelihood).AgreesWithReference(Cd, 6),
            new Claims(Measure.NegativeLogLikelihood).AgreesWithReference(Isd, 6),
            new Claims(Measure.NegativeLogLikelihood).AgreesWithReference(Geometric, 6),
            new Claims(Measure.NegativeLogLikelihood).MedianAtMost(Recipe, 118),
            new Claims(Measure.NegativeLogLikelihood).MedianAtMost(Lossy, 119),
        ],
    };
}
