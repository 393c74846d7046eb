using System.Text.RegularExpressions;

namespace Nudge.Reports;

/// <summary>Words of a command that can be pasted into a shell.</summary>
internal static partial class ShellText
{
    /// <summary>A word, within quotes where a shell would read it otherwise.</summary>
    internal static string Quoted(string word) => Plain().IsMatch(word) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^[A-Za-z0-9_./:,=+\-]+$")]
    private static partial Regex Plain();
}
