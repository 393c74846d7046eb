using System.Text.RegularExpressions;

namespace Nudge.Sweeps;

/// <summary>Writes the command that makes a sweep, so that it can be pasted into a shell.</summary>
internal static partial class SweepCommandText
{
    internal static string Of(SweepRequest request) => string.Join(
        ' ',
        [
            "nudge sweep",
            Quoted(request.File),
            .. request.Vary.Select(one => $"--vary {Quoted(one)}"),
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
