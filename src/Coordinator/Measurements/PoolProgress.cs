using System.Globalization;
using Nudge.Recording;
using Nudge.Running;

namespace Nudge.Measurements;

/// <summary>Shows a pool of runs as one long run, and prints a sentence about every run that has ended.</summary>
/// <param name="display">Shows it.</param>
/// <param name="measure">The number that is printed of a run.</param>
/// <param name="jobs">The runs.</param>
/// <param name="before">Runs of the same kind that had ended before.</param>
public sealed class PoolProgress(IProgressDisplay display, Measure measure, IReadOnlyList<PoolJob> jobs, int before = 0)
    : IPoolWatcher
{
    private readonly long[] _shown = new long[jobs.Count];
    private readonly long _total = jobs.Sum(job => job.Settings.Run.Presentations);
    private int _over;

    /// <inheritdoc/>
    public void Advanced(int job, long presentations)
    {
        _shown[job] = presentations;
        display.Show(new(_shown.Sum(), _total, double.NaN, null, null));
    }

    /// <inheritdoc/>
    public void Finished(int job, JobOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        _over++;
        display.Say($"{before + _over} of {before + jobs.Count}: {outcome.Job.Arm}, seed {outcome.Job.Seed}: {Words(outcome)}");
        foreach (RunWarning warning in outcome.Result?.Warnings.Except(outcome.Job.Warnings) ?? [])
            display.Warn($"warning: {outcome.Job.Arm}, seed {outcome.Job.Seed}: {warning.Text}");
        Advanced(job, outcome.Job.Settings.Run.Presentations);
    }

    private string Words(JobOutcome outcome)
    {
        if (outcome.Result is not { } result)
            return $"failed: {outcome.Failure}";
        string value = result.Metrics.TryGetValue(measure.Metric, out double known) ? measure.Text(known) : "no value";
        return $"{measure.Name} {value} in {DurationText.Of(TimeSpan.FromSeconds(result.WallSeconds))}";
    }
}

/// <summary>A duration for people, in the unit that suits it.</summary>
internal static class DurationText
{
    internal static string Of(TimeSpan time) => time.TotalSeconds switch
    {
        < 99.5 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s"),
        < 3600 => time.ToString(@"m\:ss\ \m\i\n", CultureInfo.InvariantCulture),
        < 86_400 => time.ToString(@"h\:mm\:ss\ \h", CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0.0} days"),
    };
}
