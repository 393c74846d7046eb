namespace Nudge.Experiments;

/// <summary>One thing wrong with an experiment, or allowed and probably not meant.</summary>
/// <param name="Place">FILE:LINE:COLUMN, or the option that brought it.</param>
/// <param name="Path">The setting, as <c>--set</c> would name it; empty for the file as a whole.</param>
/// <param name="Message">What is wrong, and what was expected.</param>
public sealed record Problem(string Place, string Path, string Message)
{
    /// <summary>PLACE: path: message.</summary>
    public override string ToString() => Path.Length == 0 ? $"{Place}: {Message}" : $"{Place}: {Path}: {Message}";
}
