using System.Collections.Concurrent;
using System.Collections.Immutable;
using Nudge.Populations;
using Nudge.Training;

namespace Nudge.Actors;

/// <summary>
/// Where a run stands, as the coordinator last reported; an immutable value that may be read from anywhere.
/// </summary>
/// <param name="Presentations">Stimuli shown so far.</param>
/// <param name="Phases">Phases begun so far.</param>
/// <param name="RunningAccuracy">Share of recent answers that are correct, or not-a-number.</param>
/// <param name="LocalTau">The coordinator's own time, in τ.</param>
/// <param name="B">The b that the present phase was drawn with.</param>
/// <param name="Evaluations">Evaluations so far.</param>
/// <param name="Over">Whether the run is over.</param>
public sealed record ActorProgress(
    long Presentations,
    long Phases,
    double RunningAccuracy,
    double LocalTau,
    double B,
    IReadOnlyList<Evaluation> Evaluations,
    bool Over)
{
    /// <summary>The evaluation that is under way, or null.</summary>
    public EvaluationProgress? Evaluating { get; init; }

    /// <summary>The class of the example in lane 0.</summary>
    public int Label { get; init; }
}

/// <summary>Publishes the coordinator's progress: it alone writes, all may read.</summary>
internal sealed class ProgressPublisher
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IReadOnlyList<Evaluation> _evaluations = [];
    private volatile ActorProgress _progress = new(0, 0, double.NaN, 0, 0.5, [], false);
    private volatile ImmutableList<SliceMove> _moves = [];
    private volatile ImmutableList<string> _notices = [];
    private volatile Threshold? _threshold;
    private readonly ConcurrentDictionary<int, SliceView> _views = [];
    private volatile ImmutableList<PhaseVisit> _visits = [];
    private long _faults;

    internal ActorProgress Progress => _progress;

    /// <summary>Slices that started again elsewhere; only their supervisor may add to them.</summary>
    internal ImmutableList<SliceMove> Moves
    {
        get => _moves;
        set => _moves = value;
    }

    /// <summary>Lines for the user of the run; only the supervisor may add to them.</summary>
    internal ImmutableList<string> Notices
    {
        get => _notices;
        set => _notices = value;
    }

    /// <summary>What was last seen of each slice, by number.</summary>
    internal IReadOnlyList<SliceView> Views => [.. _views.Values.OrderBy(view => view.Slice)];

    /// <summary>The coordinator's last phases, the oldest first, in its own time.</summary>
    internal IReadOnlyList<PhaseVisit> Visits => _visits;

    internal void Publish(SliceView view) => _views[view.Slice] = view;

    internal void Publish(PhaseVisit visit) =>
        _visits = (_visits.Count < PhaseTrail.Kept ? _visits : _visits.RemoveAt(0)).Add(visit);

    internal long Faults => Interlocked.Read(ref _faults);

    /// <summary>Ends when the run is over, or with what made it fail.</summary>
    internal Task Over => _over.Task;

    /// <summary>The coordinator's own time; only the coordinator may touch it.</summary>
    internal double LocalTau { get; set; }

    internal void Publish(TrainingSchedule schedule, bool over)
    {
        if (schedule.Evaluations.Count != _evaluations.Count)
            _evaluations = [.. schedule.Evaluations];
        _progress = new(
            schedule.Presentations,
            schedule.Phases,
            schedule.RunningAccuracy,
            LocalTau,
            schedule.B,
            _evaluations,
            over)
        {
            Evaluating = schedule.Evaluating,
            Label = schedule.Label,
        };
        _threshold?.Reached(schedule.Presentations);
        if (over)
            _over.TrySetResult();
    }

    /// <summary>Ends once so many stimuli have been shown, or when the run is over; one waits at a time.</summary>
    internal Task WhenShownAsync(long presentations)
    {
        var threshold = new Threshold(presentations);
        _threshold = threshold;
        threshold.Reached(_progress.Presentations);
        return Task.WhenAny(threshold.Task, _over.Task);
    }

    internal void CountFault() => Interlocked.Increment(ref _faults);

    internal void Fail(Exception error)
    {
        if (_over.TrySetException(error))
            _failed.TrySetException(error);
    }

    /// <summary>Waits, unless the run fails first.</summary>
    internal async Task UnlessFailedAsync(Task done)
    {
        if (await Task.WhenAny(done, _failed.Task) == _failed.Task)
            await _failed.Task;
        await done;
    }

    /// <summary>Waits for an answer, unless the run fails first: what was to answer may have ended with it.</summary>
    internal async Task<T> UnlessFailedAsync<T>(Task<T> answer)
    {
        if (await Task.WhenAny(answer, _failed.Task) == _failed.Task)
            await _failed.Task;
        return await answer;
    }

    /// <summary>A number of stimuli that a caller waits for.</summary>
    private sealed class Threshold(long presentations)
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task Task => _reached.Task;

        internal void Reached(long shown)
        {
            if (shown >= presentations)
                _reached.TrySetResult();
        }
    }
}
