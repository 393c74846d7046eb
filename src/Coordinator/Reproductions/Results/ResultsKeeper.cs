using Nudge.Recording;
using Nudge.Running;

namespace Nudge.Reproductions.Results;

/// <summary>Writes results.csv anew whenever a run is over, so that a kill costs only the runs under way.</summary>
internal sealed class ResultsKeeper(RunDirectory directory, IReadOnlyList<PoolJob> jobs, IPoolWatcher next)
    : IPoolWatcher
{
    private readonly JobOutcome[] _outcomes = [.. jobs.Select(job => new JobOutcome(job, null, null))];

    public void Advanced(int job, long presentations) => next.Advanced(job, presentations);

    public void Finished(int job, JobOutcome outcome)
    {
        _outcomes[job] = outcome;
        directory.WriteText(ReproductionFiles.Results, ResultsFile.Text(_outcomes));
        next.Finished(job, outcome);
    }
}
