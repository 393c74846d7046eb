using Nudge.Measurements;

namespace Nudge.Reproductions;

/// <summary>The variance of every model's updates as a function of b, against σ₊²/b + σ₋²/(1−b) − ‖∇‖².</summary>
internal static class VarianceOfB
{
    private const string Machine = "restricted Boltzmann machine";
    private const string Coupled = "semi-restricted Boltzmann machine";
    private const string Equilibrium = "equilibrium propagation";
    private const string Differential = "the same by differential ISD";
    private const string Hebbian = "contrastive Hebbian learning";
    private const string Forward = "Forward-Forward";
    private static readonly string[] Isd = ["learning.rule=isd", "phases.perStimulus=1"];
    private static readonly string[] Briefly = ["run.presentations=400", "run.evaluateEvery=0"];

    internal static Reproduction Definition { get; } = new()
    {
        Name = "variance-of-b",
        Title = "The variance of the updates over b, against theory",
        Claim = "The price of drawing phases by a coin is a variance of σ₊²/b + σ₋²/(1−b) − ‖∇‖², so that the best coin shows the "
            + "noisier phase more often and need not be a fair one.",
        Measure = Measure.VarianceFit,
        Seeds = 3,
        QuickSeeds = 2,
        Arms =
        [
            Of(Machine, "rbm-bas", 60_000, 6000, ["run.presentations=4000", "run.evaluateEvery=0"]),
            Of(Coupled, "sbm-bas", 20_000, 2000, ["run.presentations=2000", "run.evaluateEvery=0"]),
            Of(Equilibrium, "bars-and-stripes", 20_000, 1500, [.. Isd, .. Briefly]),
            Of(Differential, "bars-and-stripes", 20_000, 1500, Briefly),
            Of(Hebbian, "bars-and-stripes", 20_000, 1500, [.. Isd, .. Briefly, "model=contrastive-hebbian"]),
            Of(Forward, "ff-bars", 20_000, 2000, ["run.presentations=1", "run.evaluateEvery=0"]),
        ],
        Verdicts =
        [
            .. from arm in (string[])[Machine, Coupled, Equilibrium, Differential, Hebbian]
               select new Claims(Measure.VarianceFit).MeanAtLeast(arm, 0.9),
            new Claims(Measure.VarianceFit).MeanAtLeast(Forward, 0.99),
        ],
    };

    private static Arm Of(string name, string experiment, int phases, int quick, string[] settings) => new()
    {
        Name = name,
        Experiment = experiment,
        Overrides = settings,
        VariancePhases = phases,
        QuickVariancePhases = quick,
    };
}
