using Nudge.Experiments;
using Nudge.Running;
using Nudge.VirtualTime;

namespace Nudge.Variance;

/// <summary>
/// The variance of an experiment's updates as a function of b, with the weights of one moment of its run.
/// </summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="OwnB">The b that the experiment names, or reached before its weights were held still.</param>
/// <param name="Presentations">Stimuli shown before.</param>
/// <param name="Curve">What was measured.</param>
internal sealed record VarianceStudy(
    ExperimentSettings Experiment, double OwnB, long Presentations, VarianceCurve Curve)
{
    /// <summary>Trains for a while, then measures.</summary>
    internal static VarianceStudy Make(
        ExperimentSettings experiment, VarianceRequest request, CancellationToken cancellation)
    {
        PreparedRun run = PreparedRun.Load(experiment, request.Data);
        var engine = new VirtualEngine(run.Network, run.Conductor);
        while (run.Conductor.Presentations < request.After && engine.RunPhase())
            cancellation.ThrowIfCancellationRequested();
        VarianceCurve curve = VarianceMeasurement.Run(
            run.Network.Settings, run.Data.Train, engine.Slices, request.Bs, request.Phases, cancellation);
        return new(experiment, run.Conductor.B, run.Conductor.Presentations, curve);
    }
}
