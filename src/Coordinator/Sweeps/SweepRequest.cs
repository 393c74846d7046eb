namespace Nudge.Sweeps;

/// <summary>What <c>nudge sweep</c> was asked to do.</summary>
public sealed record SweepRequest
{
    /// <summary>The experiment: a file, or the name of one built in.</summary>
    public required string File { get; init; }

    /// <summary>What varies, each <c>path=values</c>; none for what the file says.</summary>
    public IReadOnlyList<string> Vary { get; init; } = [];

    /// <summary>Whether only a rehearsal is wanted, as the file has it.</summary>
    public bool Quick { get; init; }

    /// <summary>Settings of every run in place of the file's, each <c>path=value</c>.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>Runs of every point, with the seeds 1, 2, …; null for what the file says.</summary>
    public int? Seeds { get; init; }

    /// <summary>Folder to write to, which must not exist; null for a fresh one.</summary>
    public string? Out { get; init; }

    /// <summary>Folder of data files.</summary>
    public string? Data { get; init; }

    /// <summary>Whether each run leaves a folder of its own.</summary>
    public bool KeepRuns { get; init; }

    /// <summary>Whether very many runs are meant.</summary>
    public bool Yes { get; init; }
}
