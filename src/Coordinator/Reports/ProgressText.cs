using System.Globalization;

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
            parts.Add($"{Time(left)} left");
        if (!double.IsNaN(progress.RunningAccuracy))
            parts.Add($"training {Percent(progress.RunningAccuracy)}");
        if (progress.Accuracy is double accuracy)
            parts.Add($"held out {Percent(accuracy)}");
        if (progress.LostShare is double lost)
            parts.Add($"{Percent(lost)} of messages lost");
        return string.Join(", ", parts);
    }

    internal static string Percent(double share) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");

    internal static string Rate(double perSecond) =>
        perSecond.ToString(perSecond < 9.95 ? "0.##" : "N0", CultureInfo.InvariantCulture);

    internal static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    internal static string Time(TimeSpan time) => time.TotalSeconds switch
    {
        < 99.5 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s"),
        < 3600 => time.ToString(@"m\:ss\ \m\i\n", CultureInfo.InvariantCulture),
        < 86_400 => time.ToString(@"h\:mm\:ss\ \h", CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0.0} days"),
    };
}
