using System.Globalization;
using Nudge.Measurements;

namespace Nudge.Reproductions;

/// <summary>Phases of fixed and of random length, at several means.</summary>
internal static class PhaseLength
{
    private const double Margin = 0.02;
    private static readonly string[] Laws = ["fixed", "exponential", "geometric"];
    private static readonly int[] Means = [6, 12, 24];
    private static readonly string[] Quick =
    [
        "run.presentations=5000", "run.evaluateEvery=1000", "run.evaluateExamples=250",
        "data.train=4000", "data.test=500",
    ];

    internal static Reproduction Definition { get; } = new()
    {
        Name = "phase-length",
        Title = "Phases of fixed and of random length",
        Claim = "Phases need no common or fixed length: where it is random, learning goes on as long as the mean "
            + "leaves time to settle.",
        Measure = Measure.Accuracy,
        Seeds = 5,
        QuickSeeds = 3,
        Arms = [.. from law in Laws from mean in Means select Of(law, mean)],
        Verdicts =
        [
            .. from law in Laws.Skip(1)
               from mean in Means
               select new Claims(Measure.Accuracy).NoWorse(Name(law, mean), Name(Laws[0], mean), Margin),
        ],
    };

    private static Arm Of(string law, int mean) => new()
    {
        Name = Name(law, mean),
        Series = law,
        Experiment = "digits",
        // Half of the mean is certain, as in the experiment itself; the fixed law reads no floor.
        Overrides =
        [
            $"phases.length.law={law}",
            string.Create(CultureInfo.InvariantCulture, $"phases.length.floor={mean / 2.0}"),
            $"phases.length.mean={mean}",
        ],
        QuickOverrides = Quick,
    };

    private static string Name(string law, int mean) => $"{law} {mean} τ";
}
