namespace Nudge.Reports;

/// <summary>Speed of a run since this process began to look: what came before a resume does not count.</summary>
internal sealed class Pace(TimeProvider time)
{
    // A year; a run that has just begun may seem to take longer than a TimeSpan can tell.
    private const double LongestSeconds = 365.0 * 24 * 3600;
    private readonly long _began = time.GetTimestamp();
    private long? _from;
    private RunProgress? _now;

    /// <summary>Stimuli per second of wall time; 0 until it can be told.</summary>
    internal double PerSecond { get; private set; }

    /// <summary>Time to the end at this speed, or null if it cannot be told.</summary>
    internal TimeSpan? Left => PerSecond > 0 && _now is { } now && now.Presentations < now.Total
        ? TimeSpan.FromSeconds(Math.Min((now.Total - now.Presentations) / PerSecond, LongestSeconds))
        : null;

    internal void Mark(RunProgress progress)
    {
        _now = progress;
        _from ??= progress.Presentations;
        double elapsed = time.GetElapsedTime(_began).TotalSeconds;
        PerSecond = elapsed > 0 ? (progress.Presentations - _from.Value) / elapsed : 0;
    }
}
