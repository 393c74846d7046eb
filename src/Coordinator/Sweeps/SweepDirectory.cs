using Nudge.Measurements;
using Nudge.Recording;
using Nudge.Running;

namespace Nudge.Sweeps;

/// <summary>The folder of a sweep: what was asked for, and the rows so far.</summary>
/// <param name="Directory">The folder, held by this process.</param>
/// <param name="Plan">All runs.</param>
/// <param name="Rows">What became of those that are over.</param>
internal sealed record SweepDirectory(RunDirectory Directory, SweepPlan Plan, IReadOnlyList<SweepRow> Rows) : IDisposable
{
    /// <summary>What its runs are judged by.</summary>
    internal Measure Measure => Plan.Measure;

    /// <summary>Whether every run is over.</summary>
    internal bool Complete => Rows.Count >= Plan.Runs;

    internal static SweepDirectory Create(SweepPlan plan, string? asked)
    {
        RunDirectory directory = RunDirectory.Create($"sweep-{plan.Name}", asked);
        directory.WriteText(RunFiles.Experiment, plan.Definition.Text);
        directory.WriteText(SweepFiles.Definition, plan.Definition.ToJson() + "\n");
        return new(directory, plan, []);
    }

    /// <summary>Opens the folder of a sweep that was begun.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="asked">What asks for it, as messages name it.</param>
    internal static SweepDirectory Open(string path, string asked)
    {
        RunDirectory directory = RunDirectory.Open(path, SweepFiles.Definition, asked, "a sweep");
        try
        {
            var definition = SweepDefinition.Parse(File.ReadAllText(directory.FilePath(SweepFiles.Definition)));
            var plan = SweepPlan.Make(definition, yes: true);
            return new(directory, plan, SweepJournal.Read(directory.FilePath(SweepFiles.Journal)));
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    /// <summary>Refuses to add runs of this version of the program to those of another: one table would hold both.</summary>
    /// <exception cref="OutputException">It was begun with another, and runs are missing.</exception>
    internal void ThrowIfOfAnotherVersion(string asked)
    {
        string version = Plan.Definition.Version;
        if (!Complete && version != SweepDefinition.ThisVersion)
        {
            throw new OutputException(
                $"{asked}: the sweep was begun with nudge {version}, and this is {SweepDefinition.ThisVersion}, whose runs "
                + $"may come out otherwise; expected nudge {version}, or a new sweep");
        }
    }

    /// <summary>The runs, with the folders of those that leave one.</summary>
    internal IEnumerable<(SweepPoint Point, PoolJob Job)> Jobs() => Plan.Definition.KeepRuns
        ? Plan.Jobs().Select(one => (one.Point, one.Job with
        {
            Folder = Directory.FilePath(KeptRuns.Folder(Plan, one.Point, one.Job.Seed)),
        }))
        : Plan.Jobs();

    /// <summary>Writes the table of the rows so far.</summary>
    internal async Task WriteTablesAsync()
    {
        var table = new SweepTable(Plan, Rows);
        byte[] parquet = await ParquetTable.BytesAsync(table);
        Directory.WriteText(SweepFiles.Csv, table.ToCsv());
        Directory.Write(SweepFiles.Parquet, stream => stream.Write(parquet));
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Dispose();
}
