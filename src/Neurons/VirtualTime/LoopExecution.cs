using Nudge.Populations;
using Nudge.Signals;
using Nudge.Topology;

namespace Nudge.VirtualTime;

/// <summary>
/// Runs the slices on several loops, to the same bits as one. The calendar of virtual time — who steps when, which message
/// arrives when, which is lost — does not depend on what the messages carry. So the engine's thread goes on through the
/// calendar and leaves what slices are to do in their queues, in order; a slice then waits for just those signals that it
/// receives next, and for no clock or barrier. All is done as a phase ends, where the coordinator looks at the answers.
/// </summary>
internal sealed class LoopExecution : SliceExecution
{
    // Enough for every slice to run ahead of the slowest, and few enough for a signal to be answered soon.
    private const int TasksAheadPerSlice = 64;

    private readonly SliceQueue[] _queues;
    private readonly LoopWork _work;
    private readonly AnswerReports _answers;
    private readonly long[] _sequences;
    private readonly List<StepResult> _answered = [];
    private readonly Task[] _others;
    private readonly long _mostOpen;

    /// <param name="slices">The slices, by number.</param>
    /// <param name="answers">Receives what the output reports at each step.</param>
    /// <param name="lag">Counts steps in an older phase.</param>
    /// <param name="loops">How many loops, the caller's thread among them.</param>
    internal LoopExecution(PopulationSlice[] slices, AnswerReports answers, PhaseLagTally lag, int loops)
    {
        _answers = answers;
        _mostOpen = (long)TasksAheadPerSlice * slices.Length;
        _work = new(_mostOpen / 2);
        _queues = [.. slices.Select(slice => new SliceQueue(slice, _work, lag))];
        _sequences = new long[slices.Length];
        _others = new Task[loops - 1];
    }

    /// <inheritdoc/>
    internal override void Begin()
    {
        for (int slice = 0; slice < _queues.Length; slice++)
            _sequences[slice] = _queues[slice].Slice.Sequence;
        _work.Start();
        for (int loop = 0; loop < _others.Length; loop++)
            _others[loop] = Task.Run(_work.Run);
    }

    /// <inheritdoc/>
    internal override void Receive(LinkPlan link, SentSignal sent, double transit)
    {
        LimitOpen();
        _queues[link.Target.Index].Add(new(SliceTaskKind.Receive, transit, link, sent));
    }

    /// <inheritdoc/>
    internal override void Receive(SlicePlan slice, ControlSignal signal) =>
        _queues[slice.Index].Add(new(SliceTaskKind.Control, Control: signal));

    /// <inheritdoc/>
    internal override SentSignal? Step(int slice, float elapsed)
    {
        var result = new StepResult(_answers.AreDueAtSteps(slice));
        if (result.TakesAnswer)
            _answered.Add(result);
        SliceQueue queue = _queues[slice];
        if (!queue.Slice.SendsChanges)
            result.Sent = SentSignal.Promised(++_sequences[slice]);
        queue.Add(new(SliceTaskKind.Step, elapsed, Outcome: result));
        // Whether anything is sent, and so the calendar, depends on the step.
        if (queue.Slice.SendsChanges)
            _work.RunUntil(() => result.IsDone || _work.HasFailed);
        return result.Sent;
    }

    /// <inheritdoc/>
    internal override void SendAllAtNextStep(int slice) => _queues[slice].Add(new(SliceTaskKind.SendAll));

    /// <inheritdoc/>
    internal override void Finish()
    {
        _work.RunUntil(() => _work.Open == 0);
        try
        {
            _work.Close();
            foreach (StepResult result in _answered)
                _answers.Report(result.Answer);
        }
        finally
        {
            _answered.Clear();
            Task.WaitAll(_others);
        }
    }

    private void LimitOpen()
    {
        if (_work.Open > _mostOpen)
            _work.RunUntil(() => _work.Open <= _mostOpen / 2);
    }
}
