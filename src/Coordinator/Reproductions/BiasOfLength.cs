using System.Globalization;
using Nudge.Measurements;

namespace Nudge.Reproductions;

/// <summary>What phases of fixed and of random length leave of the chain's start, against the eigenvalues of the chain.</summary>
internal static class BiasOfLength
{
    private const double Margin = 0.05;
    private const string Fixed = "fixed";
    private const string Geometric = "geometric";
    private const string Floor = "geometric above K/2";
    private static readonly string[] Names = [Fixed, Geometric, Floor];
    private static readonly double[] Steps = [2, 4, 8, 16, 32];

    internal static Reproduction Definition { get; } = new()
    {
        Name = "bias-of-length",
        Title = "The bias of phases of random length, against theory",
        Claim = "Learning at the end of a phase is biased by what the chain still remembers of where it began, E[λ^L] over the lengths L of "
            + "phases: more for random lengths than for fixed ones of the same mean, and less again with a lower bound.",
        Measure = Measure.PhaseBias,
        Seeds = 5,
        QuickSeeds = 2,
        Arms = [.. from name in Names from steps in Steps select Of(name, steps)],
        Theory = new("K, the mean number of steps of a phase", [.. Enumerable.Range(1, 16).Select(half => 2.0 * half)], [.. Names.Select(Curve)])
        {
            IsLogarithmic = true,
        },
        Verdicts =
        [
            .. from name in Names
               from steps in Steps
               select new Claims(Measure.PhaseBias).NearPrediction(SlowMachine.NameOf(name, steps), Margin),
        ],
    };

    private static TheoryCurve Curve(string name) => SlowMachine.Curve(name, steps => Of(name, steps));

    private static Arm Of(string name, double steps) => SlowMachine.Of(
        name,
        steps,
        $"phases.length.law={(name == Fixed ? "fixed" : "geometric")}",
        string.Create(CultureInfo.InvariantCulture, $"phases.length.floor={(name == Floor ? steps / 2 : 0)}"));
}
