using Nudge.Running;

namespace Nudge.Sweeps;

/// <summary>Where the runs of a sweep are made.</summary>
internal interface ISweepPool
{
    /// <summary>In words, behind the number of runs.</summary>
    string Where { get; }

    /// <summary>Makes all runs, beginning with the first; ends early when cancelled.</summary>
    Task RunAsync(IReadOnlyList<PoolJob> jobs, IPoolWatcher watcher, CancellationToken cancellation);
}

/// <summary>The cores of this machine.</summary>
/// <param name="stimuli">The data of all runs.</param>
/// <param name="workers">Runs at a time.</param>
/// <param name="figures">Draws the figures of runs that leave a folder.</param>
internal sealed class LocalPool(SharedStimuli stimuli, int workers, IRunFigures figures) : ISweepPool
{
    /// <inheritdoc/>
    public string Where => $"{workers} at a time";

    /// <inheritdoc/>
    public Task RunAsync(IReadOnlyList<PoolJob> jobs, IPoolWatcher watcher, CancellationToken cancellation) =>
        new RunPool(stimuli, workers, watcher, figures).RunAsync(jobs, cancellation);
}
