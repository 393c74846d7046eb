using Nudge.DataSets;
using Nudge.Experiments;
using Nudge.Recording;

namespace Nudge.Running;

/// <summary>One run among many.</summary>
/// <param name="Arm">What it belongs to.</param>
/// <param name="Settings">Valid settings, its seed among them.</param>
public sealed record PoolJob(string Arm, ExperimentSettings Settings)
{
    /// <summary>
    /// Phases for each b of a measurement of the variance, made after the run's training with its weights held still; 0 for a
    /// run that is judged at its end.
    /// </summary>
    public int VariancePhases { get; init; }

    /// <summary>
    /// Phases of a reading of the truth meter, made after the run's training with its weights held still; 0 for none. Made by the
    /// process that asks, and not by other nodes.
    /// </summary>
    public int TruthPhases { get; init; }

    /// <summary>Folder in which the run leaves what <c>nudge run</c> would; null for a run that writes nothing.</summary>
    public string? Folder { get; init; }

    /// <summary>The warnings that its settings raised.</summary>
    public IReadOnlyList<RunWarning> Warnings { get; init; } = [];

    /// <summary>The seed.</summary>
    public ulong Seed => Settings.Seed;
}

/// <summary>What became of a job: a result, a failure, or neither if it was interrupted.</summary>
/// <param name="Job">The job.</param>
/// <param name="Result">What it gave, or null.</param>
/// <param name="Failure">Why it failed, or null.</param>
public sealed record JobOutcome(PoolJob Job, HeadlessResult? Result, string? Failure)
{
    /// <summary>As one term, as results.csv has it.</summary>
    public string Status => Result is not null ? "done" : Failure is not null ? "failed" : "not-run";

    /// <summary>The warnings of its settings, then those of its run.</summary>
    public IReadOnlyList<RunWarning> Warnings
    {
        get
        {
            var all = new RunWarnings();
            all.AddAll([.. Job.Warnings, .. Result?.Warnings ?? []]);
            return all.All;
        }
    }
}

/// <summary>Makes a run of any kind, on the caller's thread.</summary>
internal static class JobRun
{
    internal static Task<HeadlessResult> RunAsync(
        PoolJob job, StimulusSets data, Action<long> shown, CancellationToken cancellation) => job.TruthPhases > 0
            ? Task.FromResult(TruthRun.Run(job.Settings, data, job.TruthPhases, shown, cancellation))
            : RunAsync(job.Settings, data, job.VariancePhases, shown, cancellation);

    internal static async Task<HeadlessResult> RunAsync(
        ExperimentSettings settings,
        StimulusSets data,
        int variancePhases,
        Action<long> shown,
        CancellationToken cancellation) => variancePhases > 0
            ? VarianceRun.Run(settings, data, variancePhases, shown, cancellation)
            : await HeadlessRun.RunAsync(settings, data, shown, cancellation);
}
