namespace Nudge.Reports.Sweeps;

/// <summary>A figure that a report has drawn.</summary>
/// <param name="File">Its name, without the ending <c>.png</c> or <c>.svg</c>.</param>
/// <param name="Title">Its title, which stands for it where it cannot be seen.</param>
/// <param name="Caption">What it shows, in a sentence.</param>
internal sealed record SweepFigure(string File, string Title, string Caption);
