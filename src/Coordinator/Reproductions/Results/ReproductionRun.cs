using Nudge.Measurements;
using Nudge.Recording;
using Nudge.Running;

namespace Nudge.Reproductions.Results;

/// <summary>Makes all runs of a reproduction and writes what they gave.</summary>
public static class ReproductionRun
{
    /// <summary>Runs until all is done, or until cancelled; what is done by then is written.</summary>
    /// <param name="reproduction">What to reproduce.</param>
    /// <param name="references">Reference values by arm.</param>
    /// <param name="request">How.</param>
    /// <param name="progress">Shows the progress.</param>
    /// <param name="figures">Draws its figures.</param>
    /// <param name="cancellation">Stops all runs.</param>
    /// <exception cref="Experiments.ExperimentException">Settings are not valid; nothing was written.</exception>
    /// <exception cref="DataSets.DataException">Data is missing; nothing was written.</exception>
    /// <exception cref="OutputException">Results cannot be written.</exception>
    public static async Task<ReproductionSummary> RunAsync(
        Reproduction reproduction,
        IReadOnlyDictionary<string, ReferenceValues> references,
        ReproduceRequest request,
        IProgressDisplay progress,
        IReproductionFigures figures,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reproduction);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(progress);
        ArgumentNullException.ThrowIfNull(figures);
        int seeds = request.Seeds ?? (request.Quick ? reproduction.QuickSeeds : reproduction.Seeds);
        IReadOnlyList<PoolJob> jobs = reproduction.Jobs(request.Quick, seeds);
        var stimuli = new SharedStimuli(request.Data);
        foreach (PoolJob job in jobs)
            stimuli.Preload(job.Settings);
        using RunDirectory directory = RunDirectory.Create($"reproduce-{reproduction.Name}", request.Out);
        progress.Say($"{reproduction.Name}: {jobs.Count} runs, {request.Workers} at a time, into {directory.Path}");
        foreach (string warning in jobs.SelectMany(job => job.Warnings.Select(one => $"warning: {job.Arm}: {one.Text}")).Distinct())
            progress.Warn(warning);
        var watcher = new ResultsRecorder(directory, jobs, new PoolProgress(progress, reproduction.Measure, jobs));
        var pool = new RunPool(stimuli, request.Workers, watcher);
        var results = new ReproductionResults(reproduction, await pool.RunAsync(jobs, cancellation), references);
        ReproductionSummary summary = results.Summarise(request.Quick, request.Workers, directory.Path);
        ReproductionFiles.WriteTables(directory, results, summary);
        figures.Draw(directory, results, summary);
        return summary;
    }
}

/// <summary>What <c>nudge reproduce</c> was asked to do.</summary>
public sealed record ReproduceRequest
{
    /// <summary>Whether in the quick form.</summary>
    public bool Quick { get; init; }

    /// <summary>Runs of each arm, or null for the definition's own number.</summary>
    public int? Seeds { get; init; }

    /// <summary>Runs at a time.</summary>
    public required int Workers { get; init; }

    /// <summary>Folder to write to, which must not exist; null for a fresh one.</summary>
    public string? Out { get; init; }

    /// <summary>Folder of data files.</summary>
    public DataFolder? Data { get; init; }
}
