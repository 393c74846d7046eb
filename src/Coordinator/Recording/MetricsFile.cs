namespace Nudge.Recording;

/// <summary>metrics.csv: a row at each sample, in the file as soon as it is made.</summary>
public sealed class MetricsFile : IDisposable
{
    private readonly RowFile _file;

    private MetricsFile(RowFile file) => _file = file;

    /// <summary>Rows so far.</summary>
    public int Rows => _file.Rows;

    /// <summary>Begins the file, or goes on after some rows; later ones, which the state does not know, go.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">Rows to keep: as many as the checkpoint knows.</param>
    /// <exception cref="OutputException">It cannot be written, or has fewer rows.</exception>
    public static MetricsFile Open(string path, int rows)
    {
        if (rows == 0 || RowFile.Begins(path, MetricsRow.Header))
            return new(RowFile.Open(path, MetricsRow.Header, rows));
        // A run begun before there were all columns: what is not known of its rows stays empty.
        MetricsRow[] before = [.. Read(path).Take(rows)];
        var file = new MetricsFile(RowFile.Open(path, MetricsRow.Header, 0));
        Array.ForEach(before, file.Add);
        return file;
    }

    /// <summary>Reads all complete rows of a file, also while a run writes to it.</summary>
    /// <param name="path">The file.</param>
    public static IReadOnlyList<MetricsRow> Read(string path) => [.. RowFile.Read(path).Select(MetricsRow.Parse)];

    /// <summary>Adds a row.</summary>
    /// <exception cref="OutputException">The disk is full, or gone.</exception>
    public void Add(MetricsRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        _file.Add(row.ToLine());
    }

    /// <summary>Takes the rows so far to the disk itself; called before a checkpoint counts on them.</summary>
    public void FlushToDisk() => _file.FlushToDisk();

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
