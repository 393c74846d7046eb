namespace Nudge.Reports.Sweeps;

/// <summary>A figure that a report has drawn.</summary>
/// <param name="File">Its name, without the ending <c>.png</c> or <c>.svg</c>.</param>
/// <param name="Caption">What it shows, in a sentence.</param>
internal sealed record SweepFigure(string File, string Caption);
