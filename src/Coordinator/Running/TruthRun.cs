using System.Diagnostics;
using Nudge.DataSets;
using Nudge.Experiments;
using Nudge.Models.BoltzmannMachine;
using Nudge.Oracles;
using Nudge.Truth;

namespace Nudge.Running;

/// <summary>
/// Trains an experiment, then reads the truth meter with its weights held still, beside what theory predicts. The weights are those
/// of one seed, whatever the seed of the run, so that runs differ by the draws of the measurement alone.
/// </summary>
internal static class TruthRun
{
    internal static HeadlessResult Run(
        ExperimentSettings settings, StimulusSets data, int phases, Action<long> shown, CancellationToken cancellation)
    {
        long begun = Stopwatch.GetTimestamp();
        var frozen = FrozenRun.Of(settings, data, cancellation);
        shown(settings.Run.Presentations);
        TruthReading reading = TruthMeter.Read(
            PreparedRun.Prepare(settings, data).Network, frozen.Weights, data.Train, phases);
        var metrics = new Dictionary<string, double>
        {
            [MetricNames.Slope] = reading.All.Slope,
            [MetricNames.SlopePredicted] = 1,
        };
        if (settings.Model is BoltzmannMachineSettings)
            AddBias(metrics, settings, reading, frozen);
        return new()
        {
            Metrics = metrics,
            Curve = [],
            WallSeconds = Stopwatch.GetElapsedTime(begun).TotalSeconds,
            EventHash = frozen.EventHash,
        };
    }

    // A synapse of a hidden unit pairs what it received with the sample that it gave rise to.
    private static void AddBias(
        Dictionary<string, double> metrics, ExperimentSettings settings, TruthReading reading, FrozenRun frozen)
    {
        GibbsSpectrum spectrum = frozen.Spectrum();
        metrics.Add(MetricNames.PhaseBias, 1 - reading.Parts[frozen.HiddenCopy].Slope);
        metrics.Add(MetricNames.PhaseBiasPredicted, FrozenRun.PredictBias(settings, spectrum));
        metrics.Add(MetricNames.Eigenvalue, spectrum.Slowest);
    }
}
