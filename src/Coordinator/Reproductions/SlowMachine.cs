using System.Globalization;
using Nudge.Experiments;
using Nudge.Oracles;
using Nudge.Running;

namespace Nudge.Reproductions;

/// <summary>
/// The restricted Boltzmann machine that the bias of short phases is measured on: small enough for its Gibbs sampling to be known
/// exactly, and with first weights so large that it mixes slowly. Many lanes make a reading cheap.
/// </summary>
internal static class SlowMachine
{
    internal const string Experiment = "rbm-bas";
    private const int Phases = 1500;
    private const int QuickPhases = 100;

    internal static string[] Still(double deviation) =>
    [
        "populations.hidden.size=3",
        "populations.visible.biasRate=0",
        string.Create(CultureInfo.InvariantCulture, $"projections.visible-hidden.deviation={deviation}"),
        "learning.rule=isd",
        "lanes=64",
        "run.presentations=64",
        "run.evaluateEvery=0",
    ];

    /// <summary>An arm of the machine with phases of a mean length.</summary>
    /// <param name="series">The series.</param>
    /// <param name="steps">Mean steps of a phase.</param>
    /// <param name="settings">What the series sets.</param>
    internal static Arm Of(string series, double steps, params string[] settings) => new()
    {
        Name = NameOf(series, steps),
        Series = series,
        At = steps,
        Experiment = Experiment,
        Overrides = [.. Still(3), .. settings, string.Create(CultureInfo.InvariantCulture, $"phases.length.mean={steps}")],
        TruthPhases = Phases,
        QuickTruthPhases = QuickPhases,
    };

    internal static string NameOf(string series, double steps) =>
        string.Create(CultureInfo.InvariantCulture, $"{series} K = {steps}");

    /// <summary>What theory predicts for such arms.</summary>
    internal static TheoryCurve Curve(string series, Func<double, Arm> arm) => new(series, places =>
    {
        GibbsSpectrum spectrum = Spectrum(arm(places[0]));
        return [.. places.Select(place => FrozenRun.PredictBias(arm(place).Load(quick: false, 1).Settings, spectrum))];
    });

    internal static GibbsSpectrum Spectrum(Arm arm)
    {
        ExperimentSettings settings = arm.Load(quick: false, 1).Settings;
        return FrozenRun.Of(settings, new SharedStimuli(DataFolder.None).For(settings), CancellationToken.None).Spectrum();
    }
}
