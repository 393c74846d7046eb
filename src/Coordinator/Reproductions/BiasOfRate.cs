using Nudge.Measurements;
using Nudge.Oracles;

namespace Nudge.Reproductions;

/// <summary>Learning at every step of a phase against learning at its end only.</summary>
internal static class BiasOfRate
{
    private const double Margin = 0.05;
    private const string EveryStep = "every step";
    private const string End = "end of the phase";
    private static readonly string[] Names = [EveryStep, End];
    private static readonly double[] Steps = [2, 4, 8, 16, 32];

    internal static Reproduction Definition { get; } = new()
    {
        Name = "bias-of-rate",
        Title = "The bias of a constant learning rate, against theory",
        Claim = "Learning may go on at every step at the rate η/K: it then differs from learning at the end of the phase by a bias that "
            + "vanishes like τ_mix/K.",
        Measure = Measure.PhaseBias,
        Seeds = 5,
        QuickSeeds = 2,
        Arms = [.. from name in Names from steps in Steps select Of(name, steps)],
        Theory = new(
            "K, the number of steps of a phase",
            [.. Enumerable.Range(2, 31).Select(steps => (double)steps)],
            [.. Names.Select(name => SlowMachine.Curve(name, steps => Of(name, steps))), new("b w τ_mix / K", Asymptote)])
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

    private static Arm Of(string name, double steps) => SlowMachine.Of(
        name,
        steps,
        $"learning.rule={{kind: isd, timing: {(name == EveryStep ? "continuous" : "phase-end")}}}",
        "phases.length.law=fixed");

    // Long phases have mixed when they end, so that the next one begins from the data with probability b.
    private static double[] Asymptote(IReadOnlyList<double> places)
    {
        Arm arm = Of(EveryStep, places[0]);
        double b = arm.Load(quick: false, 1).Settings.Phases.B;
        double sum = SlowMachine.Spectrum(arm).Modes.Sum(MixingSteps);
        return [.. places.Select(steps => b * sum / steps)];

        static double MixingSteps(MixingMode mode) => mode.Weight * mode.Eigenvalue / (1 - mode.Eigenvalue);
    }
}
