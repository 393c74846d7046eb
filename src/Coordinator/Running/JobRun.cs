using Nudge.Experiments;
using Nudge.Stimuli;

namespace Nudge.Running;

/// <summary>Makes a run of either kind, on the caller's thread.</summary>
internal static class JobRun
{
    internal static async Task<HeadlessResult> RunAsync(
        ExperimentSettings settings,
        StimulusSets data,
        int variancePhases,
        Action<long> shown,
        CancellationToken cancellation) => variancePhases > 0
            ? VarianceRun.Run(settings, data, variancePhases, shown, cancellation)
            : await HeadlessRun.RunAsync(settings, data, shown, cancellation);
}
