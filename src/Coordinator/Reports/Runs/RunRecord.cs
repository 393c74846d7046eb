using System.Globalization;
using System.Text.Json;
using Nudge.Experiments;
using Nudge.Recording;

namespace Nudge.Reports.Runs;

/// <summary>What the files of a run tell, as far as they can be read.</summary>
internal sealed record RunRecord
{
    /// <summary>The run directory, as an absolute path.</summary>
    internal required string Folder { get; init; }

    /// <summary>The experiment; null where neither experiment.yaml nor run.json can be read.</summary>
    internal ExperimentSettings? Settings { get; init; }

    /// <summary>The results; null for a run that has left none.</summary>
    internal RunSummary? Summary { get; init; }

    /// <summary>Samples, up to the first line that is damaged.</summary>
    internal IReadOnlyList<MetricsRow> Rows { get; init; } = [];

    /// <summary>Readings of the truth meter.</summary>
    internal IReadOnlyList<TruthRow> Truth { get; init; } = [];

    /// <summary>Presentations with the negative log-likelihood there, in nats.</summary>
    internal IReadOnlyList<(long Presentations, double Value)> Likelihood { get; init; } = [];

    /// <summary>What was changed while it ran, the earliest first.</summary>
    internal IReadOnlyList<InterventionSummary> Interventions { get; init; } = [];

    /// <summary>The experiment with these changes, for running it again; null where it is not known.</summary>
    internal ExperimentSettings? Again { get; init; }

    /// <summary>What is missing or cannot be read.</summary>
    internal IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether a process of this machine is running it now.</summary>
    internal bool GoesOn { get; init; }

    /// <summary>Whether a folder is that of a run.</summary>
    internal static bool IsRun(string folder) =>
        File.Exists(Path.Combine(folder, RunFiles.Experiment)) || File.Exists(Path.Combine(folder, RunFiles.Summary));

    /// <summary>Reads a run directory.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="OutputException">Nothing of it can be read.</exception>
    internal static RunRecord Read(string folder)
    {
        var notes = new List<string>();
        string At(string file) => Path.Combine(folder, file);
        RunSummary? summary = Try(At(RunFiles.Summary), notes, ReadSummary);
        ExperimentSettings? settings = Try(At(RunFiles.Experiment), notes, path => ExperimentFile.Load(path, [], null).Settings)
            ?? (summary?.Settings is { } kept
                ? Try(At(RunFiles.Summary), notes, path => ExperimentFile.Parse(path, kept.ToJsonString(), [], null).Settings)
                : null);
        MetricsRow[] rows = [.. RowsOf(At(RunFiles.Metrics), notes, MetricsRow.Parse)];
        if (summary is null && settings is null && rows.Length == 0)
            throw new OutputException($"report {folder}: none of its files can be read: {string.Join("; ", notes)}");
        bool changed = File.Exists(At(RunFiles.Interventions));
        IReadOnlyList<InterventionSummary>? listed = Try(At(RunFiles.Interventions), notes, InterventionsFile.ReadSummaries);
        return new()
        {
            Folder = Path.GetFullPath(folder),
            Settings = settings,
            Summary = summary,
            Rows = rows,
            Truth = [.. RowsOf(At(RunFiles.TruthTable), notes, TruthRow.Parse)],
            Likelihood = [.. RowsOf($"{At(RunFiles.Likelihood)}.csv", notes, ParseLikelihood)],
            Interventions = summary is { Interventions.Count: > 0 } ? summary.Interventions : listed ?? [],
            Again = !changed ? settings
                : listed is not null && settings is not null
                    ? settings with { Interventions = InterventionsFile.Read(At(RunFiles.Interventions)) }
                    : null,
            Notes = notes,
            GoesOn = FolderLock.IsHeld(folder),
        };
    }

    private static RunSummary ReadSummary(string path)
    {
        var read = RunSummary.Parse(File.ReadAllText(path));
        return read is { Ledger.Links: not null, Evaluations: not null, Symmetry: not null, Metrics: not null, Baselines: not null, Learned: not null }
            ? read
            : throw new JsonException("parts of it are null");
    }

    private static (long Presentations, double Value) ParseLikelihood(string line)
    {
        string[] cells = line.Split(',');
        return cells.Length == 2
            ? (long.Parse(cells[0], CultureInfo.InvariantCulture), double.Parse(cells[1], CultureInfo.InvariantCulture))
            : throw new FormatException("expected two columns");
    }

    private static T? Try<T>(string path, List<string> notes, Func<string, T> read)
        where T : class
    {
        if (!File.Exists(path))
            return null;
        try
        {
            return read(path);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException or OutputException
            or InvalidOperationException)
        {
            notes.Add($"{Path.GetFileName(path)} cannot be read, and is left out: {error.Message}");
        }
        catch (ExperimentException error)
        {
            notes.Add($"{Path.GetFileName(path)} holds no valid experiment, and is left out: {error.Problems[0].Message}");
        }

        return null;
    }

    private static List<T> RowsOf<T>(string path, List<string> notes, Func<string, T> parse)
    {
        var rows = new List<T>();
        if (!File.Exists(path))
            return rows;
        try
        {
            foreach (string line in RowFile.Read(path))
                rows.Add(parse(line));
        }
        catch (Exception error) when (error is FormatException or OverflowException or IOException or UnauthorizedAccessException)
        {
            // The first line is the header.
            notes.Add($"{Path.GetFileName(path)}:{rows.Count + 2}: damaged; this line and all after it are left out: {error.Message}");
        }

        return rows;
    }
}
