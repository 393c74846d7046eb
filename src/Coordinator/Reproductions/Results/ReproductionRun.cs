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
        ReproductionRequestFile? begun = request.Resume is { } path ? ReproductionFolder.Asked(path) : null;
        bool quick = begun?.Quick ?? request.Quick;
        reproduction = reproduction.Only(begun?.Arms ?? request.Arms);
        int seeds = begun?.Seeds ?? request.Seeds ?? (quick ? reproduction.QuickSeeds : reproduction.Seeds);
        IReadOnlyList<PoolJob> jobs = reproduction.Jobs(quick, seeds);
        var stimuli = new SharedStimuli(request.Data);
        foreach (PoolJob job in jobs)
            stimuli.Preload(job.Settings);
        var asked = ReproductionRequestFile.Of(reproduction, quick, seeds, jobs, stimuli);
        ReproductionFolder folder = request.Resume is { } goOn
            ? ReproductionFolder.Open(goOn, asked)
            : ReproductionFolder.Create(asked, request.Out);
        using RunDirectory directory = folder.Directory;
        if (directory.TookOver is { } takeover)
            progress.Warn(takeover);
        JobOutcome[] outcomes = [.. jobs.Select(job => folder.Over.FirstOrDefault(row => row.Arm == job.Arm && row.Seed == job.Seed)?.OutcomeOf(job)
            ?? new JobOutcome(job, null, null))];
        int[] open = [.. Enumerable.Range(0, jobs.Count).Where(job => outcomes[job] is { Result: null, Failure: null })];
        progress.Say($"{reproduction.Name}: {jobs.Count} runs"
            + $"{(open.Length < jobs.Count ? $", {jobs.Count - open.Length} of them done" : "")}, {request.Workers} at a time, into {directory.Path}");
        foreach (string warning in jobs.SelectMany(job => job.Warnings.Select(one => $"warning: {job.Arm}: {one.Text}")).Distinct())
            progress.Warn(warning);
        PoolJob[] left = [.. open.Select(job => jobs[job])];
        using (RowFile journal = folder.OpenJournal())
        {
            var shown = new PoolProgress(progress, reproduction.Measure, left, jobs.Count - open.Length);
            var pool = new RunPool(stimuli, request.Workers, new ResultsRecorder(directory, journal, outcomes, open, shown));
            await pool.RunAsync(left, cancellation);
        }

        var results = new ReproductionResults(reproduction, outcomes, references);
        ReproductionSummary summary = results.Summarise(quick, request.Workers, directory.Path);
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

    /// <summary>Names of the arms whose runs are made; none for all.</summary>
    public IReadOnlyList<string> Arms { get; init; } = [];

    /// <summary>Runs at a time.</summary>
    public required int Workers { get; init; }

    /// <summary>Folder to write to, which must not exist; null for a fresh one.</summary>
    public string? Out { get; init; }

    /// <summary>Folder of an interrupted one to go on with, which says which arms, whether it is quick and how many seeds; null for a new one.</summary>
    public string? Resume { get; init; }

    /// <summary>Folder of data files.</summary>
    public DataFolder? Data { get; init; }
}
