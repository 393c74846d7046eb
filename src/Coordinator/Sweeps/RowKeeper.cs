using Nudge.Running;

namespace Nudge.Sweeps;

/// <summary>Takes a row to the disk whenever a run is over, so that a kill costs only the runs under way.</summary>
internal sealed class RowKeeper(
    SweepJournal journal, List<SweepRow> rows, IReadOnlyList<SweepPoint> points, IPoolWatcher next) : IPoolWatcher
{
    public void Advanced(int job, long presentations) => next.Advanced(job, presentations);

    public void Finished(int job, JobOutcome outcome)
    {
        var row = SweepRow.Of(points[job], outcome);
        journal.Add(row);
        rows.Add(row);
        next.Finished(job, outcome);
    }
}
