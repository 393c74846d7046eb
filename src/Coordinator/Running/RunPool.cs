using Nudge.DataSets;
using Nudge.Recording;

namespace Nudge.Running;

/// <summary>
/// Runs many experiments side by side. Engines of virtual time share nothing that changes, so results depend neither on
/// the number of workers nor on which of them runs what.
/// </summary>
/// <param name="stimuli">The data of all runs.</param>
/// <param name="workers">Runs at a time.</param>
/// <param name="watcher">Receives its progress; null for none.</param>
/// <param name="figures">Draws the figures of runs that leave a folder; null for none.</param>
public sealed class RunPool(
    SharedStimuli stimuli, int workers, IPoolWatcher? watcher = null, IRunFigures? figures = null)
{
    private readonly Lock _notifying = new();

    /// <summary>Runs all jobs, beginning with the first. What is cancelled is left without result or failure.</summary>
    /// <returns>An outcome for each job, in their order.</returns>
    public async Task<IReadOnlyList<JobOutcome>> RunAsync(IReadOnlyList<PoolJob> jobs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        JobOutcome[] outcomes = [.. jobs.Select(job => new JobOutcome(job, null, null))];
        var options = new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellation };
        try
        {
            await Parallel.ForAsync(0, jobs.Count, options, async (number, stop) =>
            {
                outcomes[number] = await RunAsync(number, jobs[number], stop);
                Notify(to => to.Finished(number, outcomes[number]));
            });
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // What is done is what was asked for.
        }

        return outcomes;
    }

    private async Task<JobOutcome> RunAsync(int number, PoolJob job, CancellationToken cancellation)
    {
        try
        {
            StimulusSets data = stimuli.For(job.Settings);
            PoolJob resolved = job with { Settings = stimuli.Resolved(job.Settings) };
            void Advance(long shown) => Notify(to => to.Advanced(number, shown));
            HeadlessResult result = job.Folder is not null
                ? await RecordedRun.RunAsync(resolved, job.Folder, data, figures, Advance, cancellation)
                : await JobRun.RunAsync(job, data, Advance, cancellation);
            return new(job, result, null);
        }
        catch (Exception error) when (error is not OperationCanceledException and not OutputException)
        {
            // A run that fails must never cost the results of hours of others; a full disk fails them all.
            return new(job, null, error.Message);
        }
    }

    private void Notify(Action<IPoolWatcher> news)
    {
        if (watcher is null)
            return;
        lock (_notifying)
            news(watcher);
    }
}

/// <summary>Receives the progress of a pool of runs, from one thread at a time.</summary>
public interface IPoolWatcher
{
    /// <summary>A run has got further.</summary>
    /// <param name="job">Its number in the list of jobs.</param>
    /// <param name="presentations">Stimuli that it has shown so far.</param>
    void Advanced(int job, long presentations);

    /// <summary>A run is over, well or not.</summary>
    /// <param name="job">Its number in the list of jobs.</param>
    /// <param name="outcome">What became of it.</param>
    void Finished(int job, JobOutcome outcome);
}
