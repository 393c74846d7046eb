using Nudge.Recording;
using Nudge.Running;

namespace Nudge.Sweeps;

/// <summary>The rows of a sweep in the order in which its runs ended, each on the disk before the next begins.</summary>
internal sealed class SweepJournal : IDisposable
{
    private const string Header = """{"journal":"sweep","format":1}""";
    private readonly RowFile _file;

    private SweepJournal(RowFile file) => _file = file;

    /// <summary>Complete rows; a row that a kill left incomplete, and what follows damage, is left out.</summary>
    internal static IReadOnlyList<SweepRow> Read(string path) => File.Exists(path)
        ? [.. RowFile.Read(path).Select(SweepRow.TryParse).TakeWhile(row => row is not null).Select(row => row!)]
        : [];

    /// <summary>Continues after the complete rows.</summary>
    internal static SweepJournal Open(string path, int rows) => new(RowFile.Open(path, Header, rows));

    internal void Add(SweepRow row)
    {
        _file.Add(row.ToLine());
        _file.FlushToDisk();
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}

/// <summary>Writes a row to the disk whenever a run ends, so that a kill loses only runs under way.</summary>
internal sealed class RowRecorder(
    SweepJournal journal,
    List<SweepRow> rows,
    IReadOnlyList<(SweepPoint Point, PoolJob Job)> open,
    IPoolWatcher next,
    ISweepObserver? observer) : IPoolWatcher
{
    public void Advanced(int job, long presentations)
    {
        (SweepPoint point, PoolJob run) = open[job];
        observer?.Advanced(point, run.Seed, Math.Min(1, presentations / (double)Math.Max(1, run.Settings.Run.Presentations)));
        next.Advanced(job, presentations);
    }

    public void Finished(int job, JobOutcome outcome)
    {
        var row = SweepRow.Of(open[job].Point, outcome);
        journal.Add(row);
        rows.Add(row);
        observer?.Over(row);
        next.Finished(job, outcome);
    }
}
