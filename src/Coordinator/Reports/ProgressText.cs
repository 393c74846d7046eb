using System.Globalization;
using Nudge.Measurements;
using Nudge.Running;

namespace Nudge.Reports;

/// <summary>Progress in words, the same everywhere.</summary>
internal static class ProgressText
{
    internal static string Place(RunProgress progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Math.Floor(100 * progress.Done),3:0} %  {progress.Presentations:N0} of {progress.Total:N0} stimuli");

    internal static string Details(RunProgress progress, Pace pace)
    {
        var parts = new List<string> { $"{Rate(pace.PerSecond)}/s" };
        if (pace.Left is { } left)
            parts.Add($"{DurationText.Of(left)} left");
        if (!double.IsNaN(progress.RunningAccuracy))
            parts.Add($"training {Percent(progress.RunningAccuracy)}");
        if (progress.Accuracy is double accuracy)
            parts.Add($"held out {Percent(accuracy)}");
        if (progress.Evaluating is { } evaluation)
            parts.Add($"evaluating {Count(evaluation.Shown)} of {Count(evaluation.Examples)}");
        if (progress.LostShare is double lost)
            parts.Add($"{Percent(lost)} of messages lost");
        return string.Join(", ", parts);
    }

    internal static string Percent(double share) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");

    internal static string Rate(double perSecond) =>
        perSecond.ToString(perSecond < 9.95 ? "0.##" : "N0", CultureInfo.InvariantCulture);

    internal static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>Speed of a run since this process began to measure: what came before a resume does not count.</summary>
internal sealed class Pace(TimeProvider time)
{
    // A year; a run that has just begun may seem to take longer than a TimeSpan can hold.
    private const double LongestSeconds = 365.0 * 24 * 3600;
    private readonly long _began = time.GetTimestamp();
    private long? _from;
    private RunProgress? _now;

    /// <summary>Stimuli per second of wall time; 0 until it is known.</summary>
    internal double PerSecond { get; private set; }

    /// <summary>Time to the end at this speed, or null if it is not known.</summary>
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
