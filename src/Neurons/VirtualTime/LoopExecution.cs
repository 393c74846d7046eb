using Nudge.Populations;
using Nudge.Signals;
using Nudge.Topology;
using Nudge.Training;

namespace Nudge.VirtualTime;

/// <summary>
/// Runs the slices on several loops, to the same bits as one. The calendar of virtual time — who steps when, which message
/// arrives when, which is lost — does not depend on what the messages carry. So the engine's thread goes on through the
/// calendar and leaves what slices are to do in their queues, in order; a slice then waits for just those signals that it
/// receives next, and for no clock or barrier. All is done as a phase ends, where the coordinator looks at the answers.
/// </summary>
/// <param name="slices">The slices, by number.</param>
/// <param name="answers">Receives what the output reports at each step.</param>
/// <param name="lag">Counts steps in an older phase.</param>
/// <param name="loops">How many loops, the caller's thread among them.</param>
internal sealed class LoopExecution(PopulationSlice[] slices, AnswerReports answers, PhaseLagTally lag, int loops)
    : LocalExecution(slices, answers)
{
    private readonly SliceLoops _loops = new(slices, lag, loops);
    private readonly long[] _sequences = new long[slices.Length];
    private readonly List<StepResult> _answered = [];

    /// <inheritdoc/>
    internal override void Begin()
    {
        for (int slice = 0; slice < _sequences.Length; slice++)
            _sequences[slice] = Slices[slice].Sequence;
        _loops.Start();
    }

    /// <inheritdoc/>
    internal override void Receive(LinkPlan link, SentSignal sent, double transit) =>
        _loops.Add(link.Target.Index, new(SliceTaskKind.Receive, transit, link, sent));

    /// <inheritdoc/>
    internal override void Receive(SlicePlan slice, ControlSignal signal) =>
        _loops.Add(slice.Index, new(SliceTaskKind.Control, Control: signal));

    /// <inheritdoc/>
    internal override SentSignal? Step(int slice, float elapsed)
    {
        var result = new StepResult(Answers.AreDueAtSteps(slice));
        if (result.TakesAnswer)
            _answered.Add(result);
        bool changes = Slices[slice].SendsChanges;
        if (!changes)
            result.Sent = SentSignal.Promised(++_sequences[slice]);
        _loops.Add(slice, new(SliceTaskKind.Step, elapsed, Outcome: result));
        // Whether anything is sent, and so the calendar, depends on the step.
        if (changes)
            _loops.RunUntil(() => result.IsDone);
        return result.Sent;
    }

    /// <inheritdoc/>
    internal override void SendAllAtNextStep(int slice) => _loops.Add(slice, new(SliceTaskKind.SendAll));

    /// <inheritdoc/>
    internal override void Finish()
    {
        try
        {
            _loops.Finish();
            foreach (StepResult result in _answered)
                Answers.Report(result.Answer);
        }
        finally
        {
            _answered.Clear();
        }
    }

    /// <inheritdoc/>
    internal override EngineExecution ForCopy(PopulationSlice[] copies, TrainingSchedule schedule) =>
        new LoopExecution(copies, new(copies.Length, schedule), new(copies.Length), loops);
}
