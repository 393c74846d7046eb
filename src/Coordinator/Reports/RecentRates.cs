using System.Globalization;
using Nudge.Running;

namespace Nudge.Reports;

/// <summary>How fast a run goes and what it loses at present: over the last few seconds, so that changes show.</summary>
internal sealed class RecentRates(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);
    private readonly Queue<(long Time, RunProgress Progress)> _past = new();
    private (long Time, RunProgress Progress)? _now;

    /// <summary>The rates in words.</summary>
    internal string Text
    {
        get
        {
            if (_now is not { } now || !_past.TryPeek(out (long Time, RunProgress Progress) then))
                return "";
            double seconds = time.GetElapsedTime(then.Time, now.Time).TotalSeconds;
            if (seconds <= 0)
                return "";
            List<string> parts = [$"{PerSecond(now.Progress.Presentations - then.Progress.Presentations)} stimuli/s"];
            if (now.Progress.Tau - then.Progress.Tau is double tau)
                parts.Add($"{PerSecond(tau)} τ/s");
            if (now.Progress.Messages is { } messages && then.Progress.Messages is { } before)
            {
                long sent = messages.Sent - before.Sent;
                parts.Add($"{PerSecond(sent)} messages/s");
                if (sent > 0)
                    parts.Add($"{ProgressText.Percent(Math.Max(0, (double)(messages.Lost - before.Lost) / sent))} lost");
            }

            return string.Create(CultureInfo.InvariantCulture, $"last {Math.Ceiling(seconds):0} s: {string.Join(", ", parts)}");

            string PerSecond(double count) => ProgressText.Rate(count / seconds);
        }
    }

    /// <summary>Notes where the run is.</summary>
    internal void Mark(RunProgress progress)
    {
        long now = time.GetTimestamp();
        _now = (now, progress);
        _past.Enqueue(_now.Value);
        while (_past.Count > 2 && time.GetElapsedTime(_past.Peek().Time, now) > Window)
            _past.Dequeue();
    }
}
