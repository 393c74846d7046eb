using Nudge.Measurements;
using Nudge.Recording;
using Nudge.Running;

namespace Nudge.Sweeps;

/// <summary>Makes the runs of a sweep that are not yet over.</summary>
internal static class SweepRun
{
    /// <summary>Runs until all is done, or until cancelled; each row is on the disk as soon as its run is over.</summary>
    internal static async Task<SweepSummary> RunAsync(
        SweepDirectory sweep,
        ISweepPool pool,
        IProgressDisplay progress,
        CancellationToken cancellation,
        ISweepObserver? observer = null)
    {
        SweepPlan plan = sweep.Plan;
        HashSet<(int, ulong)> over = [.. sweep.Rows.Select(row => (row.Point, row.Seed))];
        (SweepPoint Point, PoolJob Job)[] open =
            [.. sweep.Jobs().Where(one => !over.Contains((one.Point.Number, one.Job.Seed)))];
        progress.Say($"{plan.Name}: {plan.Points.Count} points × {plan.Definition.Seeds} seeds = {plan.Runs} runs"
            + $"{(over.Count > 0 ? $", {over.Count} of them done" : "")}, {pool.Where}, into {sweep.Directory.Path}");
        foreach (RunWarning warning in plan.Warnings)
            progress.Warn(warning.ToString());
        var made = new List<SweepRow>(sweep.Rows);
        try
        {
            using var journal = SweepJournal.Open(sweep.Directory.FilePath(SweepFiles.Journal), sweep.Rows.Count);
            PoolJob[] jobs = [.. open.Select(one => one.Job)];
            var shown = new PoolProgress(progress, sweep.Measure, jobs, over.Count);
            var manager = new RowRecorder(journal, made, open, shown, observer);
            await pool.RunAsync(jobs, manager, cancellation);
        }
        finally
        {
            // Nodes may fail in the middle; what was made until then is worth a table.
            await (sweep with { Rows = made }).WriteTablesAsync();
        }

        return SweepSummary.Of(sweep with { Rows = made });
    }
}
