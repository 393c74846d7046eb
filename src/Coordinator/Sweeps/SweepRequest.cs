using System.Text.RegularExpressions;
using Nudge.Experiments;
using Nudge.Running;

namespace Nudge.Sweeps;

/// <summary>What <c>nudge sweep</c> was asked to do.</summary>
public sealed record SweepRequest
{
    /// <summary>The experiment: a file, or the name of one built in.</summary>
    public required string File { get; init; }

    /// <summary>What varies, each <c>path=values</c>; none for those of the file.</summary>
    public IReadOnlyList<string> Vary { get; init; } = [];

    /// <summary>What is tuned at every point, as <c>path=values</c>; null for what the file says.</summary>
    public string? Tune { get; init; }

    /// <summary>The accuracy at which runs end; null for runs to their usual end.</summary>
    public double? Until { get; init; }

    /// <summary>Whether only a rehearsal is wanted, as the file has it.</summary>
    public bool Quick { get; init; }

    /// <summary>Settings of every run in place of the file's, each <c>path=value</c>.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>Runs of every point, with the seeds 1, 2, …; null for the number in the file.</summary>
    public int? Seeds { get; init; }

    /// <summary>Folder to write to, which must not exist; null for a fresh one.</summary>
    public string? Out { get; init; }

    /// <summary>Folder of data files; null for no other than the file's.</summary>
    public DataFolder? Data { get; init; }

    /// <summary>Whether each run leaves a folder of its own.</summary>
    public bool KeepRuns { get; init; }

    /// <summary>Whether very many runs are meant.</summary>
    public bool Yes { get; init; }
}

/// <summary>Writes the command that makes a sweep, so that it can be pasted into a shell.</summary>
internal static partial class SweepCommandText
{
    internal static string Of(SweepRequest request) => string.Join(
        ' ',
        [
            "nudge sweep",
            Quoted(request.File),
            .. request.Vary.Select(one => $"--vary {Quoted(one)}"),
            .. request.Tune is { } tuned ? [$"--tune {Quoted(tuned)}"] : Array.Empty<string>(),
            .. request.Until is { } least ? [$"--until {UntilAccuracy.Text(least)}"] : Array.Empty<string>(),
            .. request.Seeds is { } seeds ? [$"--seeds {seeds}"] : Array.Empty<string>(),
            .. request.Set.Select(one => $"--set {Quoted(one)}"),
            .. request.Quick ? ["--quick"] : Array.Empty<string>(),
            .. request.KeepRuns ? ["--keep-runs"] : Array.Empty<string>(),
        ]);

    private static string Quoted(string word) => Plain().IsMatch(word)
        ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^[A-Za-z0-9_./:,=+\-]+$")]
    private static partial Regex Plain();
}
