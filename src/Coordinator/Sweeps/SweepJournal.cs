using Nudge.Recording;

namespace Nudge.Sweeps;

/// <summary>The rows of a sweep in the order in which its runs ended, each on the disk before the next begins.</summary>
internal sealed class SweepJournal : IDisposable
{
    private const string Header = """{"journal":"sweep","format":1}""";
    private readonly RowFile _file;

    private SweepJournal(RowFile file) => _file = file;

    /// <summary>Rows that are whole; what a kill tore off, and what follows damage, is left out.</summary>
    internal static IReadOnlyList<SweepRow> Read(string path) => File.Exists(path)
        ? [.. RowFile.Read(path).Select(SweepRow.TryParse).TakeWhile(row => row is not null).Select(row => row!)]
        : [];

    /// <summary>Goes on after the rows that are whole.</summary>
    internal static SweepJournal Open(string path, int rows) => new(RowFile.Open(path, Header, rows));

    internal void Add(SweepRow row)
    {
        _file.Add(row.ToLine());
        _file.FlushToDisk();
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
