using System.Diagnostics;
using Nudge.DataSets;
using Nudge.Experiments;
using Nudge.Variance;
using Nudge.VirtualTime;

namespace Nudge.Running;

/// <summary>Trains an experiment, then measures the variance of its updates over b with the weights held still.</summary>
internal static class VarianceRun
{
    /// <summary>The values of b that are measured unless others are named.</summary>
    internal static IReadOnlyList<double> UsualBs { get; } = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

    internal static HeadlessResult Run(
        ExperimentSettings settings, StimulusSets data, int phases, Action<long> shown, CancellationToken cancellation)
    {
        long begun = Stopwatch.GetTimestamp();
        PreparedRun run = PreparedRun.Prepare(settings, data);
        var engine = new VirtualEngine(run.Network, run.TrainingSchedule);
        while (run.TrainingSchedule.Presentations < settings.Run.Presentations && engine.RunPhase(cancellation))
            cancellation.ThrowIfCancellationRequested();
        shown(run.TrainingSchedule.Presentations);
        VarianceCurve curve = VarianceMeasurement.Run(
            run.Network.Settings, run.Data.Train, engine.Slices, UsualBs, phases, cancellation);
        return new()
        {
            Metrics = new Dictionary<string, double>
            {
                [MetricNames.VarianceFit] = curve.RSquared,
                [MetricNames.BestB] = curve.BestB,
            },
            Curve = [],
            WallSeconds = Stopwatch.GetElapsedTime(begun).TotalSeconds,
            EventHash = engine.EventHash,
        };
    }
}
