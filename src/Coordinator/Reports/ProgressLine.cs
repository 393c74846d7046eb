using System.Globalization;
using Nudge.Phases;
using Nudge.Running;

namespace Nudge.Reports;

/// <summary>Progress in words.</summary>
/// <param name="atStart">Presentations when this session began.</param>
internal sealed class ProgressLine(long atStart)
{
    internal string Of(RunState state, long total, TimeSpan elapsed)
    {
        double done = total == 0 ? 1 : (double)state.Presentations / total;
        double rate = (state.Presentations - atStart) / Math.Max(1e-9, elapsed.TotalSeconds);
        string left = rate > 0 && done < 1 ? $", {Time((total - state.Presentations) / rate)} left" : "";
        string running = double.IsNaN(state.RunningAccuracy) ? "" : $", training {Percent(state.RunningAccuracy)}";
        Evaluation? last = state.Evaluations.Count > 0 ? state.Evaluations[^1] : null;
        string held = last is null ? "" : $", held out {Percent(last.Accuracy)}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{100 * done,3:0} %  {state.Presentations:N0} of {total:N0} stimuli, {rate:N0}/s{left}{running}{held}");
    }

    internal static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Time(double seconds) => seconds < 90
        ? seconds.ToString("0", CultureInfo.InvariantCulture) + " s"
        : TimeSpan.FromSeconds(seconds).ToString(seconds < 3600 ? @"m\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);
}
