using Nudge.Measurements;

namespace Nudge.Reproductions;

/// <summary>A semi-restricted Boltzmann machine, whose hidden units are coupled with each other, on Bars-and-Stripes.</summary>
internal static class SbmBas
{
    private const string Cd = "paired";
    private const string Isd = "isd";
    private const string Geometric = "geometric";
    private const string Uncoupled = "isd without couplings";
    private static readonly string[] Quick = ["run.presentations=8000", "run.evaluateEvery=2000"];

    internal static Reproduction Definition { get; } = new()
    {
        Name = "sbm-bas",
        Title = "Semi-restricted Boltzmann machine on Bars-and-Stripes 4×4",
        Claim = "ISD needs no conditional independence: hidden units that are coupled, and sampled one after another, learn by "
            + "the same rule.",
        Measure = Measure.NegativeLogLikelihood,
        Seeds = 5,
        QuickSeeds = 3,
        Arms =
        [
            new()
            {
                Name = Cd,
                Experiment = "sbm-bas",
                Overrides =
                [
                    "learning.rule=paired", "phases.order=alternating", "phases.perStimulus=2",
                    "run.presentations=40000", "run.evaluateEvery=5000",
                ],
                QuickOverrides = ["run.presentations=4000", "run.evaluateEvery=1000"],
            },
            new() { Name = Isd, Experiment = "sbm-bas", QuickOverrides = Quick },
            new()
            {
                Name = Geometric,
                Experiment = "sbm-bas",
                Overrides = ["phases.length.law=geometric"],
                QuickOverrides = Quick,
            },
            new()
            {
                Name = Uncoupled,
                Experiment = "sbm-bas",
                Overrides = ["projections.hidden-hidden.rate=0", "projections.hidden-hidden.deviation=0"],
                QuickOverrides = Quick,
            },
        ],
        Verdicts =
        [
            new Claims(Measure.NegativeLogLikelihood).NoWorse(Isd, Cd, 10),
            new Claims(Measure.NegativeLogLikelihood).NoWorse(Geometric, Isd, 15),
            new Claims(Measure.NegativeLogLikelihood).MeanAtMost(Isd, 150),
        ],
    };
}
