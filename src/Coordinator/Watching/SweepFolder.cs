using Nudge.Recording;
using Nudge.Sweeps;

namespace Nudge.Watching;

/// <summary>Follows a sweep by its files alone, whichever process makes it; changes nothing.</summary>
internal sealed class SweepFolder
{
    private readonly string _folder;
    private readonly string _journal;

    private SweepFolder(string folder, SweepPlan plan)
    {
        _folder = folder;
        _journal = Path.Combine(folder, SweepFiles.Journal);
        Board = new(plan, Path.GetFullPath(folder), SweepJournal.Read(_journal), seesRuns: false);
        Look();
    }

    /// <summary>What its files tell.</summary>
    internal SweepBoard Board { get; }

    /// <summary>Reads the files of a sweep.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="InvalidDataException">They are not those of a sweep.</exception>
    internal static SweepFolder Open(string folder) => new(
        folder,
        SweepPlan.Make(SweepDefinition.Parse(File.ReadAllText(Path.Combine(folder, SweepFiles.Definition))), yes: true));

    /// <summary>Looks for what has changed.</summary>
    internal void Look()
    {
        try
        {
            bool held = FolderLock.IsHeld(_folder);
            IReadOnlyList<SweepRow> rows = SweepJournal.Read(_journal);
            foreach (SweepRow row in rows)
                Board.Over(row);
            Board.State = rows.Count >= Board.Runs ? "finished" : held ? "running" : "stopped";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What is there to be seen next time is there next time.
        }
    }
}
